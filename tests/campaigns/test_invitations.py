"""What a buyer does with an invitation after it was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns import invitations
from portal.campaigns.deadlines import deadline_at, late, overdue
from portal.campaigns.invitations import NotPossible
from portal.campaigns.links import Links, Purpose, ReplacedLink, resolve
from portal.campaigns.models import InvitationState
from portal.events.models import Event
from portal.outbox.models import Message
from portal.suppliers.models import Contact
from tests.campaigns.launching import launch_with
from tests.makers import THEN, make_contact, make_invitation

LINKS = Links(["the key of this installation"])
BY = {"by": "kari@fjordlab.example", "now": THEN}
OVER = [InvitationState.SUBMITTED, InvitationState.DECLINED, InvitationState.CANCELLED]


def actions(session: Session) -> list[str]:
    return list(session.scalars(sa.select(Event.action).order_by(Event.seq)))


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(sa.select(Message).order_by(Message.id))
    return [(mail.template, mail.recipient) for mail in rows]


def test_withdrawn_invitation_is_cancelled(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.STARTED)

    invitations.withdraw(session, invitation, **BY)

    assert (invitation.state, invitation.cancelled_at) == (InvitationState.CANCELLED, THEN)
    assert actions(session) == ["invitation.withdrawn"]


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_cannot_be_withdrawn(session: Session, state: InvitationState) -> None:
    invitation = make_invitation(session, state=state)

    with pytest.raises(NotPossible, match=f"is {state} and cannot be withdrawn"):
        invitations.withdraw(session, invitation, **BY)


def test_replaced_link_stops_and_a_new_one_is_mailed(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.SENT)
    earlier = LINKS.read(LINKS.token(invitation))

    invitations.replace_link(session, invitation, **BY)

    assert mails(session) == [("new_link", invitation.contact.email)]
    with pytest.raises(ReplacedLink):
        resolve(session, earlier)
    assert resolve(session, LINKS.read(LINKS.token(invitation)))


def test_link_replaced_before_the_first_mail_needs_no_second_mail(session: Session) -> None:
    make_contact(session)
    [invitation] = launch_with(session).invitations

    assert invitations.replace_link(session, invitation, **BY) is None
    assert invitation.link_version == 2
    assert len(mails(session)) == 1


def test_link_is_replaced_once_however_often_the_button_is_pressed(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.SENT)

    for _ in range(2):
        invitations.replace_link(session, invitation, **BY)

    assert invitation.link_version == 2
    assert mails(session) == [("new_link", invitation.contact.email)]


def test_link_replaced_after_the_address_was_put_right_asks_anew(session: Session) -> None:
    contact = make_contact(session)
    [invitation] = launch_with(session).invitations
    contact.email = "right@supplier.example"

    invitations.replace_link(session, invitation, **BY)

    assert mails(session)[1:] == [("invitation", "right@supplier.example")]


def test_link_replaced_after_a_bounce_asks_anew(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.BOUNCED, bounced_at=THEN)

    invitations.replace_link(session, invitation, **BY)

    assert (invitation.state, invitation.bounced_at) == (InvitationState.QUEUED, None)
    assert mails(session) == [("invitation", invitation.contact.email)]


def test_signing_link_is_replaced_alone(session: Session) -> None:
    invitation = make_invitation(
        session, state=InvitationState.STARTED, signer_email="chief@supplier.example"
    )

    invitations.replace_link(session, invitation, purpose=Purpose.SIGN, **BY)

    assert (invitation.link_version, invitation.sign_link_version) == (1, 2)
    assert mails(session) == [("signature_request", "chief@supplier.example")]


@pytest.mark.parametrize(
    ("values", "purpose"),
    [
        ({"state": InvitationState.CANCELLED}, Purpose.ANSWER),
        ({"state": InvitationState.SENT}, Purpose.SIGN),
    ],
)
def test_link_to_nothing_is_not_replaced(
    session: Session, values: dict[str, object], purpose: Purpose
) -> None:
    invitation = make_invitation(session, **values)

    with pytest.raises(NotPossible):
        invitations.replace_link(session, invitation, purpose=purpose, **BY)

    assert invitation.link_version == 1


def test_link_is_not_mailed_to_an_address_that_bounced(session: Session) -> None:
    contact = make_contact(session, bounced_at=THEN)
    invitation = make_invitation(session, contact=contact, state=InvitationState.BOUNCED)

    with pytest.raises(NotPossible, match="another contact"):
        invitations.replace_link(session, invitation, **BY)


def test_extension_moves_the_deadline_of_one_supplier(session: Session) -> None:
    invitation = make_invitation(session)

    invitations.extend(session, invitation, date(2026, 12, 20), **BY)

    assert deadline_at(invitation) == datetime(2026, 12, 20, 23, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 12, 15), date(2026, 11, 3)])
def test_extension_must_give_more_time(session: Session, day: date) -> None:
    invitation = make_invitation(session)

    with pytest.raises(NotPossible, match="after 2026-12-15"):
        invitations.extend(session, invitation, day, **BY)


def test_extension_by_a_slip_of_the_pen_is_refused(session: Session) -> None:
    invitation = make_invitation(session)

    with pytest.raises(NotPossible, match="9999-12-31 is more than a hundred years away"):
        invitations.extend(session, invitation, date(9999, 12, 31), **BY)


def test_another_contact_is_asked_in_his_language(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.BOUNCED, bounced_at=THEN)
    other = make_contact(session, invitation.supplier, locale="nb", primary=False)

    invitations.change_contact(session, invitation, other, **BY)

    assert (invitation.state, invitation.locale) == (InvitationState.QUEUED, "nb")
    assert invitation.link_version == 2
    assert mails(session) == [("invitation", other.email)]


def test_another_contact_keeps_what_was_started(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.STARTED, started_at=THEN)
    other = make_contact(session, invitation.supplier, locale="nb", primary=False)

    invitations.change_contact(session, invitation, other, **BY)

    assert (invitation.state, invitation.locale) == (InvitationState.STARTED, "en")


def test_confirmed_referral_asks_the_person_named(session: Session) -> None:
    invitation = make_invitation(
        session,
        state=InvitationState.SENT,
        referred_name="Quality office",
        referred_email="quality@supplier.example",
        referred_at=THEN,
    )
    first = invitation.contact

    invitations.confirm_referral(session, invitation, **BY)

    assert invitation.contact.email == "quality@supplier.example"
    assert (first.primary, invitation.contact.primary) == (False, True)
    assert mails(session) == [("invitation", "quality@supplier.example")]
    with pytest.raises(NotPossible):
        invitations.confirm_referral(session, invitation, **BY)


def test_referral_to_a_known_contact_makes_no_second_one(session: Session) -> None:
    invitation = make_invitation(session, referred_email="QUALITY@supplier.example")
    known = make_contact(session, invitation.supplier, email="quality@supplier.example")

    invitations.confirm_referral(session, invitation, **BY)

    assert invitation.contact is known
    assert session.scalar(sa.select(sa.func.count(Contact.id))) == 2


def test_closed_campaign_cannot_be_acted_on(session: Session) -> None:
    invitation = make_invitation(session)
    invitations.close(session, invitation.campaign, **BY)

    with pytest.raises(NotPossible, match="closed"):
        invitations.withdraw(session, invitation, **BY)
    with pytest.raises(NotPossible, match="closed already"):
        invitations.close(session, invitation.campaign, **BY)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 11, 30), datetime(2026, 11, 30, 23, tzinfo=UTC)),
        (date(2026, 6, 30), datetime(2026, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_deadline_ends_with_the_day_in_the_buyer_s_zone(
    session: Session, day: date, end: datetime
) -> None:
    invitation = make_invitation(session)
    invitation.campaign.deadline = day
    second = timedelta(seconds=1)

    assert deadline_at(invitation) == end
    assert not overdue(invitation, end - second)
    assert overdue(invitation, end)


def test_answered_invitation_is_late_but_not_overdue(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.SUBMITTED)
    end = deadline_at(invitation)

    invitation.submitted_at = end
    assert late(invitation)
    assert not overdue(invitation, end)
    invitation.submitted_at = end - timedelta(seconds=1)
    assert not late(invitation)
