"""Putting a message in the outbox."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.outbox import service as outbox
from portal.outbox.models import MessageState
from tests.makers import THEN


def test_queued_message_waits_until_it_is_due(session: Session) -> None:
    later = THEN + timedelta(hours=1)

    message = outbox.queue(
        session,
        template="receipt",
        locale="nb",
        recipient="office@supplier.example",
        context={},
        now=THEN,
        due_at=later,
    )

    assert message.state is MessageState.QUEUED
    assert (message.created_at, message.due_at) == (THEN, later)
    assert message.public_id
