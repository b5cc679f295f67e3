"""Reading the mail log."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.outbox.models import Message


def mails_of(session: Session, invitation_id: int) -> list[Message]:
    """Return every mail about an invitation, the newest first."""
    return list(
        session.scalars(
            sa.select(Message)
            .where(Message.invitation_id == invitation_id)
            .order_by(Message.created_at.desc(), Message.id.desc())
        )
    )
