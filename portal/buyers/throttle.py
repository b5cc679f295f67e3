"""How many wrong passwords an account bears, read from the audit trail."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.events.models import Actor, Event
from portal.events.service import record

SIGNED_IN = "user.signed_in"
FAILED = "user.sign_in_failed"
PASSWORD_SET = "user.password_set"  # noqa: S105 - the name of an event

ATTEMPTS = 5
PAUSE = timedelta(minutes=15)


def is_paused(session: Session, user: User, now: datetime) -> bool:
    """Return whether `user` has had as many wrong passwords as are borne within a pause.

    A sign-in that succeeds and a new password start the count anew. The session is that of the user's buyer.
    """
    own = [Event.subject_kind == "user", Event.subject_id == str(user.id), Event.at > now - PAUSE]
    latest = session.scalar(
        sa.select(sa.func.max(Event.seq)).where(*own, Event.action.in_((SIGNED_IN, PASSWORD_SET)))
    )
    failed = sa.select(sa.func.count()).where(
        *own, Event.action == FAILED, Event.seq > (latest or 0)
    )
    return (session.scalar(failed.select_from(Event)) or 0) >= ATTEMPTS


def note_sign_in(session: Session, user: User, *, succeeded: bool, now: datetime, ip: str) -> None:
    """Write into the trail that `user` signed in, or that the password was wrong."""
    _note(session, user, SIGNED_IN if succeeded else FAILED, now, ip)


def note_new_password(session: Session, user: User, now: datetime, ip: str) -> None:
    """Write into the trail that `user` has another password."""
    _note(session, user, PASSWORD_SET, now, ip)


def _note(session: Session, user: User, action: str, now: datetime, ip: str) -> None:
    record(
        session,
        at=now,
        actor_kind=Actor.BUYER,
        actor=user.email,
        action=action,
        subject_kind="user",
        subject_id=user.id,
        ip=ip,
    )
