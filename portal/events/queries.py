"""Reads of the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event


def about(session: Session, subject_kind: str, subject_id: object, limit: int = 200) -> list[Event]:
    """Return the latest events about one thing of the session's buyer, newest first."""
    return list(
        session.scalars(
            sa.select(Event)
            .where(Event.subject_kind == subject_kind, Event.subject_id == str(subject_id))
            .order_by(Event.seq.desc())
            .limit(limit)
        )
    )
