"""Critical answers tell named people, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.events.models import Event
from portal.followup import duties
from portal.followup.alert_models import Alert, Duty
from portal.followup.alerts import TEMPLATE, after_submission
from portal.outbox.models import Message
from portal.ratings import service as ratings
from tests.declarations.surveys import make_survey
from tests.makers import make_contact, make_supplier, other_buyer
from tests.ratings.declaring import declare
from tests.signing_in import make_user

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHILD_FOUND = {"lab_child_found": "yes"}


def submitted(
    session: Session, answers: dict[str, str], supersedes: Declaration | None = None
) -> Declaration:
    if supersedes:
        invitation = supersedes.invitation
    else:
        contact = make_contact(session, make_supplier(session, name="Acme"))
        invitation = make_survey(session, ["labour_rights"], contact=contact)
    declaration = declare(session, invitation, answers, NOW, supersedes)
    ratings.after_submission(session, declaration, NOW)
    after_submission(session, declaration, NOW)
    return declaration


def mails(session: Session) -> list[Message]:
    rows = sa.select(Message).where(Message.template == TEMPLATE).order_by(Message.id)
    return list(session.scalars(rows))


def test_each_person_named_gets_one_mail_in_their_language(session: Session) -> None:
    ada = make_user(session, "buyer", email="ada@fjordlab.example", locale="nb")
    bo = make_user(session, "auditor", email="bo@fjordlab.example")
    make_user(session, "admin", email="not.named@fjordlab.example")
    duties.name(session, Duty.CRITICAL, [ada.id, bo.id])
    submitted(session, CHILD_FOUND)
    told = [(mail.recipient, mail.locale, mail.context["supplier_name"]) for mail in mails(session)]
    assert told == [
        ("ada@fjordlab.example", "nb", "Acme"),
        ("bo@fjordlab.example", "en", "Acme"),
    ]
    assert {mail.due_at for mail in mails(session)} == {NOW}


def test_it_is_logged_with_whom_was_told(session: Session) -> None:
    make_user(session, "admin", email="ada@fjordlab.example")
    declaration = submitted(session, CHILD_FOUND)
    [alert] = session.scalars(sa.select(Alert))
    [event] = session.scalars(sa.select(Event).where(Event.action == "alert.queued"))
    assert (alert.declaration_id, alert.told) == (declaration.id, ["ada@fjordlab.example"])
    assert event.details == {"findings": alert.findings, "told": alert.told}
    assert event.subject_id == str(declaration.supplier_id)


@pytest.mark.parametrize("answers", [{}, {"lab_child_found": "no"}])
def test_a_harmless_declaration_tells_nobody(session: Session, answers: dict[str, str]) -> None:
    make_user(session, "admin")
    submitted(session, answers)
    assert mails(session) == []


def test_one_declaration_is_told_once(session: Session) -> None:
    make_user(session, "admin")
    declaration = submitted(session, CHILD_FOUND)
    assert after_submission(session, declaration, NOW + timedelta(minutes=1)) is None
    assert len(mails(session)) == 1


def test_a_correction_tells_only_of_what_is_new(session: Session) -> None:
    make_user(session, "admin")
    first = submitted(session, CHILD_FOUND)
    same = submitted(session, CHILD_FOUND, supersedes=first)
    assert len(mails(session)) == 1
    submitted(session, CHILD_FOUND | {"lab_documents_kept": "yes"}, supersedes=same)
    [_, second] = mails(session)
    assert len(second.context["findings"]) == 1


def test_while_nobody_is_named_the_admins_are_told(session: Session) -> None:
    admin = make_user(session, "admin")
    make_user(session, "admin", active=False)
    gone = make_user(session, "buyer")
    duties.name(session, Duty.CRITICAL, [gone.id])
    gone.active = False
    assert duties.people(session, Duty.CRITICAL) == [admin]


def test_nobody_of_another_buyer_can_be_named(session: Session) -> None:
    own = make_user(session, "buyer")
    other_buyer(session)
    assert duties.name(session, Duty.CRITICAL, [own.id]) == []


def test_naming_again_replaces_who_was_named_for_this_duty_alone(session: Session) -> None:
    one, two = make_user(session, "buyer"), make_user(session, "buyer")
    duties.name(session, Duty.CRITICAL, [one.id])
    duties.name(session, Duty.SILENCE, [one.id])
    duties.name(session, Duty.CRITICAL, [two.id])
    assert duties.named(session, Duty.CRITICAL) == [two]
    assert duties.named(session, Duty.SILENCE) == [one]
