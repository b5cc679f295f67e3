"""Reminders that the clock sends, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.models import Invitation, InvitationState
from portal.outbox.models import Message
from portal.reminders.models import Reminder
from portal.reminders.queries import due_reminders, reminders_of
from portal.reminders.service import send, send_due
from tests.makers import THEN, make_buyer, make_campaign, make_contact, make_invitation

# A Tuesday, ten in the morning in Oslo: the first step of the makers' campaign (-14).
FIRST = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def sent(session: Session, **values: Any) -> Invitation:
    return make_invitation(session, **({"state": InvitationState.SENT, "sent_at": THEN} | values))


def started(session: Session, **values: Any) -> Invitation:
    return sent(session, **({"state": InvitationState.STARTED, "started_at": THEN} | values))


def message_of(session: Session, reminder: Reminder) -> Message:
    assert reminder.message_id
    return session.get_one(Message, reminder.message_id)


def test_row_and_message_are_written_together(session: Session) -> None:
    invitation = sent(session)
    [reminder] = send_due(session, FIRST)
    message = message_of(session, reminder)
    assert (reminder.invitation_id, reminder.step) == (invitation.id, "-14")
    assert reminder.due_on == date(2026, 12, 1)
    assert message.template == "reminder_not_started"
    assert message.recipient == invitation.contact.email
    assert message.invitation_id == invitation.id


def test_second_run_sends_nothing(session: Session) -> None:
    sent(session)
    assert len(send_due(session, FIRST)) == 1
    assert send_due(session, FIRST) == []


def test_runs_in_batches_until_nothing_is_left(session: Session) -> None:
    campaign = make_campaign(session)
    for _ in range(3):
        sent(session, campaign=campaign)
    assert [len(send_due(session, FIRST, limit=2)) for _ in range(3)] == [2, 1, 0]


def test_outage_is_made_up_for_with_the_latest_step_alone(session: Session) -> None:
    invitation = sent(session)
    [reminder] = send_due(session, datetime(2026, 12, 21, 9, 0, tzinfo=UTC))
    assert reminder.step == "3"
    ledger = {row.step: row.message_id for row in reminders_of(session, invitation)}
    assert ledger == {"-14": None, "-7": None, "-2": None, "3": reminder.message_id}
    assert message_of(session, reminder).template == "deadline_passed"


@pytest.mark.parametrize(
    "values",
    [
        {"state": InvitationState.QUEUED, "sent_at": None},
        {"state": InvitationState.SUBMITTED, "submitted_at": THEN},
        {"state": InvitationState.DECLINED, "declined_at": THEN},
        {"state": InvitationState.CANCELLED, "cancelled_at": THEN},
        {"state": InvitationState.BOUNCED, "bounced_at": THEN},
    ],
)
def test_invitation_that_came_to_an_end_is_left_alone(
    session: Session, values: dict[str, Any]
) -> None:
    sent(session, **values)
    assert send_due(session, FIRST) == []


@pytest.mark.parametrize("fact", ["bounced_at", "left_at", "objected_at"])
def test_contact_who_may_not_be_mailed_is_left_alone(session: Session, fact: str) -> None:
    sent(session, contact=make_contact(session, **{fact: THEN}))
    assert send_due(session, FIRST) == []


def test_closed_campaign_reminds_nobody(session: Session) -> None:
    sent(session, campaign=make_campaign(session, closed_at=THEN))
    assert send_due(session, FIRST) == []


def test_nobody_is_reminded_at_night_or_on_a_day_off(session: Session) -> None:
    sent(session)
    assert send_due(session, datetime(2026, 12, 1, 5, 0, tzinfo=UTC)) == []
    assert send_due(session, datetime(2026, 12, 5, 9, 0, tzinfo=UTC)) == []


def test_longer_time_moves_the_steps_of_that_supplier_alone(session: Session) -> None:
    campaign = make_campaign(session)
    other = sent(session, campaign=campaign)
    extended = sent(session, campaign=campaign, extended_to=date(2027, 1, 12))
    assert [row.invitation_id for row in send_due(session, FIRST)] == [other.id]
    [own, late] = send_due(session, datetime(2026, 12, 29, 9, 0, tzinfo=UTC))
    assert {own.invitation_id: own.step, late.invitation_id: late.step} == {
        extended.id: "-14",
        other.id: "10",
    }


def test_supplier_invited_late_is_not_reminded_of_earlier_steps(session: Session) -> None:
    sent(session, sent_at=datetime(2026, 12, 1, 7, 30, tzinfo=UTC))
    assert send_due(session, FIRST) == []
    [reminder] = send_due(session, datetime(2026, 12, 8, 9, 0, tzinfo=UTC))
    assert reminder.step == "-7"
    assert session.scalars(sa.select(sa.func.count(Reminder.id))).one() == 1


def test_supplier_who_began_gets_its_own_text(session: Session) -> None:
    started(session)
    [reminder] = send_due(session, FIRST)
    assert message_of(session, reminder).template == "reminder_started"


SIGNER = {
    "signer_name": "The managing director",
    "signer_email": "md@supplier.example",
    "signer_locale": "nb",
    "signature_requested_at": THEN,
}


def test_missing_signature_is_asked_of_the_signatory(session: Session) -> None:
    started(session, **SIGNER)
    [reminder] = send_due(session, FIRST)
    message = message_of(session, reminder)
    assert (message.template, message.recipient, message.locale) == (
        "reminder_signature",
        "md@supplier.example",
        "nb",
    )


def test_signatory_who_cannot_be_mailed_leaves_it_to_the_contact(session: Session) -> None:
    invitation = started(session, **SIGNER)
    make_contact(session, invitation.supplier, email="md@supplier.example", bounced_at=THEN)
    [reminder] = send_due(session, FIRST)
    message = message_of(session, reminder)
    assert (message.template, message.recipient) == (
        "reminder_started",
        invitation.contact.email,
    )


def test_one_buyers_run_leaves_the_other_buyers_suppliers_alone(session: Session) -> None:
    sent(session)
    own = store.scoped_buyer_id(session)
    session.flush()
    other = make_buyer(session)
    store.scope(session, other.id)
    assert send_due(session, FIRST) == []
    store.scope(session, own)
    assert len(send_due(session, FIRST)) == 1


def test_two_workers_at_once_write_one_row(session: Session, engine: sa.Engine) -> None:
    sent(session)
    session.commit()
    both_saw = due_reminders(session, FIRST)
    with Session(engine) as faster:
        store.scope(faster, store.scoped_buyer_id(session))
        session.rollback()
        assert len(send_due(faster, FIRST)) == 1
        faster.commit()
    # The slower worker goes on with what it saw.
    assert send(session, both_saw[0], FIRST) is None
    session.commit()
    assert session.scalars(sa.select(sa.func.count(Message.id))).one() == 1
