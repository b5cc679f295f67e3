"""Reading the mail log."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.outbox.models import Message, MessageState
from portal.store import JsonObject

# As long as it takes to press a button twice, or to send a page again that seemed to hang.
PRESSED_TWICE = timedelta(minutes=1)
_ON_ITS_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.SENT)


def mails_of(session: Session, invitation_id: int) -> list[Message]:
    """Return every mail about an invitation, the newest first."""
    return list(
        session.scalars(
            sa.select(Message)
            .where(Message.invitation_id == invitation_id)
            .order_by(Message.created_at.desc(), Message.id.desc())
        )
    )


def just_queued(
    session: Session,
    invitation_id: int,
    template: str,
    recipient: str,
    *,
    context: JsonObject,
    now: datetime,
) -> bool:
    """Return whether this very mail was asked for a moment ago: whoever asks again pressed twice."""
    contexts = session.scalars(
        sa.select(Message.context).where(
            Message.invitation_id == invitation_id,
            Message.template == template,
            Message.recipient == recipient,
            Message.state.in_(_ON_ITS_WAY),
            Message.created_at > now - PRESSED_TWICE,
        )
    )
    return any(each == context for each in contexts)
