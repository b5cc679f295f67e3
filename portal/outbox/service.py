"""What can be done with mail that waits: put it in, take some out, say how it went."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.outbox.models import Message
from portal.store import JsonObject


def queue(
    session: Session,
    *,
    template: str,
    locale: str,
    recipient: str,
    context: JsonObject,
    now: datetime,
    invitation_id: int | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Return a new message that waits to be mailed, in the transaction of its cause.

    `context` holds the plain values that the template shows, and never a link: the worker makes the
    link from the invitation when it sends. Not before `due_at`, where one is given.
    """
    message = Message(
        public_id=str(uuid4()),
        template=template,
        locale=locale,
        recipient=recipient,
        context=context,
        invitation_id=invitation_id,
        created_at=now,
        due_at=due_at or now,
    )
    session.add(message)
    session.flush()
    return message
