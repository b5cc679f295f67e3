"""A reminder sent by hand, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import InvitationState
from portal.outbox.models import Message, MessageState
from portal.outbox.service import queue
from portal.reminders.queries import last_mail
from portal.reminders.service import NotRemindable, RemindedLately, remind_now
from tests.makers import THEN, make_contact, make_invitation

# A Saturday evening: a person may decide to send then.
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def test_reminder_by_hand_is_numbered(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.SENT, sent_at=THEN)
    first = remind_now(session, invitation, NOW, by="kari@fjordlab.example")
    second = remind_now(session, invitation, NOW + timedelta(days=3), by="kari@fjordlab.example")
    assert [first.step, second.step] == ["manual-1", "manual-2"]
    assert first.created_by == "kari@fjordlab.example"


def test_second_within_two_days_needs_a_reason(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.SENT, sent_at=THEN)
    remind_now(session, invitation, NOW, by="kari")
    soon = NOW + timedelta(hours=47)
    with pytest.raises(RemindedLately) as refused:
        remind_now(session, invitation, soon, by="kari", reason="  ")
    assert refused.value.last == last_mail(session, invitation)
    reminder = remind_now(session, invitation, soon, by="kari", reason="They asked on the phone.")
    assert reminder.step == "manual-2"


def test_mail_that_never_went_out_does_not_count(session: Session) -> None:
    invitation = make_invitation(session, state=InvitationState.SENT, sent_at=THEN)
    failed = queue(
        session,
        template="reminder_not_started",
        locale="en",
        recipient="office@supplier.example",
        context={},
        invitation_id=invitation.id,
        now=NOW,
    )
    failed.state = MessageState.FAILED
    session.flush()
    assert last_mail(session, invitation) is None
    assert remind_now(session, invitation, NOW, by="kari").step == "manual-1"


@pytest.mark.parametrize("state", [InvitationState.SUBMITTED, InvitationState.QUEUED])
def test_nothing_to_remind_of_is_refused(session: Session, state: InvitationState) -> None:
    invitation = make_invitation(session, state=state)
    with pytest.raises(NotRemindable):
        remind_now(session, invitation, NOW, by="kari", reason="Anyway")
    assert session.scalars(sa.select(Message)).all() == []


def test_contact_who_objected_is_not_mailed_whatever_the_reason(session: Session) -> None:
    contact = make_contact(session, objected_at=THEN)
    invitation = make_invitation(session, contact=contact, state=InvitationState.SENT)
    with pytest.raises(NotRemindable):
        remind_now(session, invitation, NOW, by="kari", reason="Anyway")
