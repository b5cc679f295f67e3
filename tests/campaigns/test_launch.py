"""Launching: who is asked, who cannot be, what is kept, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.audience import Obstacle, audience
from portal.campaigns.freezing import asked, thawed
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.campaigns.scope import Scope, parse_scope
from portal.campaigns.service import CannotLaunch
from portal.events.models import Event
from portal.outbox.models import Message
from tests.campaigns.launching import LIBRARY, launch_with
from tests.makers import THEN, make_contact, make_supplier, other_buyer


def test_each_reachable_supplier_gets_an_invitation_and_a_mail(session: Session) -> None:
    contact = make_contact(session, locale="nb")
    make_contact(session)

    done = launch_with(session)

    assert len(done.invitations) == 2
    first = done.invitations[0]
    assert (first.state, first.locale) == (InvitationState.QUEUED, "nb")
    mails = session.scalars(sa.select(Message).order_by(Message.id)).all()
    assert [mail.invitation_id for mail in mails] == [each.id for each in done.invitations]
    assert (mails[0].recipient, mails[0].template) == (contact.email, "invitation")


def test_primary_usable_contact_is_written_to(session: Session) -> None:
    supplier = make_supplier(session)
    make_contact(session, supplier, primary=True, bounced_at=THEN)
    make_contact(session, supplier, primary=False, email="second@supplier.example")
    make_contact(session, supplier, primary=True, email="first@supplier.example")

    done = launch_with(session)

    assert done.invitations[0].contact.email == "first@supplier.example"


@pytest.mark.parametrize(
    ("values", "obstacle"),
    [
        ({"bounced_at": THEN}, Obstacle.BOUNCED),
        ({"left_at": THEN}, Obstacle.LEFT),
        ({"objected_at": THEN}, Obstacle.OBJECTED),
        (None, Obstacle.NO_CONTACT),
    ],
)
def test_unreachable_supplier_is_named_with_the_reason(
    session: Session, values: dict[str, object] | None, obstacle: Obstacle
) -> None:
    make_contact(session)
    lost = make_supplier(session, name="Zinc Works")
    if values:
        make_contact(session, lost, **values)

    done = launch_with(session)

    assert len(done.invitations) == 1
    assert [(one.supplier, one.obstacle) for one in done.audience.not_reachable] == [
        (lost, obstacle)
    ]


def test_scope_chooses_and_is_kept_as_text(session: Session) -> None:
    make_contact(session, make_supplier(session, country="CN"))
    make_contact(session, make_supplier(session, country="SE"))

    done = launch_with(session, scope=parse_scope("country=CN"))

    assert [each.supplier.country for each in done.invitations] == ["CN"]
    assert done.campaign.scope_rule == "country=CN"


def test_texts_are_frozen_with_their_translations(session: Session) -> None:
    make_contact(session)
    names = ["company_profile", "labour_rights"]

    done = launch_with(
        session,
        questionnaires=[LIBRARY[name] for name in names],
        translators={"nb": lambda _context, text: f"nb {text}"},
    )

    kept = asked(session, done.campaign.id)
    assert [each.questionnaire_id for each in kept] == names
    assert thawed(kept[1], "nb").title == f"nb {LIBRARY['labour_rights'].title}"


def test_facts_that_decide_the_questions_are_kept(session: Session) -> None:
    make_contact(session)

    done = launch_with(session, contexts=lambda found: {found[0].id: {"short_form": True}})

    assert done.invitations[0].context == {"short_form": True}


@pytest.mark.parametrize(
    ("country", "own", "written"),
    [("SE", "", "sv"), ("CH", "", "en"), ("TW", "", "zh_Hant"), ("SE", "de", "de")],
)
def test_without_a_language_of_its_own_a_contact_is_written_to_in_its_country_s(
    session: Session, country: str, own: str, written: str
) -> None:
    make_contact(session, make_supplier(session, country=country), locale=own)

    [invitation] = launch_with(session).invitations

    assert (invitation.locale, invitation.locale_guessed) == (written, not own)
    assert session.scalars(sa.select(Message.locale)).one() == written


def test_preview_decides_alike_and_writes_nothing(session: Session) -> None:
    make_contact(session)
    make_supplier(session)

    seen = audience(session, Scope(), ["supplier_code_of_conduct"], THEN)

    assert (len(seen.asked), len(seen.not_reachable)) == (1, 1)
    assert not session.new
    assert session.scalar(sa.select(sa.func.count(Campaign.id))) == 0
    assert launch_with(session).audience == seen


def test_second_launch_warns_of_open_and_recent_invitations(session: Session) -> None:
    contact = make_contact(session)
    first = launch_with(session, title="Spring")
    later = THEN + timedelta(days=1)

    again = audience(session, Scope(), ["supplier_code_of_conduct"], later)
    other = audience(session, Scope(), ["labour_rights"], later)

    assert [(one.supplier, one.campaign) for one in again.already_asked] == [
        (contact.supplier, "Spring")
    ]
    assert other.already_asked == ()
    first.invitations[0].state = InvitationState.SUBMITTED
    next_year = audience(session, Scope(), ["supplier_code_of_conduct"], THEN + timedelta(days=365))
    assert next_year.already_asked == ()


def test_suppliers_left_out_are_not_asked(session: Session) -> None:
    kept, left = make_contact(session), make_contact(session)

    done = launch_with(session, leave_out=[left.supplier_id])

    assert [each.supplier_id for each in done.invitations] == [kept.supplier_id]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": " "}, "needs a title"),
        ({"questionnaires": []}, "asks nothing"),
        ({"deadline": date(2026, 10, 31)}, "2026-10-31 has passed already"),
        ({"deadline": date(9999, 12, 31)}, "9999-12-31 is more than a hundred years away"),
        ({"title": "t" * 256}, "longer than 255 characters"),
        ({"scope": parse_scope("country=SE")}, "has a usable address"),
    ],
)
def test_launch_without_sense_is_refused(
    session: Session, values: dict[str, object], sentence: str
) -> None:
    make_contact(session)

    with pytest.raises(CannotLaunch, match=sentence):
        launch_with(session, **values)


def test_deadline_today_is_still_possible(session: Session) -> None:
    make_contact(session)

    assert launch_with(session, deadline=THEN.date()).campaign.deadline == THEN.date()


def test_launch_is_in_the_trail(session: Session) -> None:
    make_contact(session)
    make_supplier(session, key="S-silent")

    launch_with(session)

    event = session.scalars(sa.select(Event)).one()
    assert (event.action, event.actor) == ("campaign.launched", "kari@fjordlab.example")
    assert event.details["asked"] == 1
    assert event.details["not_reachable"] == [{"supplier": "S-silent", "reason": "no_contact"}]


def test_suppliers_of_another_buyer_are_not_asked(session: Session) -> None:
    make_contact(session)
    other_buyer(session)
    mine = make_contact(session)

    done = launch_with(session)

    assert [each.supplier_id for each in done.invitations] == [mine.supplier_id]
    assert len(session.scalars(sa.select(Invitation)).all()) == 1
