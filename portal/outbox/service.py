"""What can be done with mail that waits: put it in, take one out, say how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.outbox.models import Message, MessageState
from portal.store import JsonObject

# Longer than the slowest mail server takes over one message.
LEASE = timedelta(minutes=10)
# How long to wait after the first, second … refusal; after the last one the message has failed.
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
LONGEST_ERROR = 1000


def message(
    *,
    template: str,
    locale: str,
    recipient: str,
    context: JsonObject,
    now: datetime,
    invitation_id: int | None = None,
    correspondence_id: int | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Return a new message that waits to be mailed, to be added to the session of its cause.

    `context` holds the plain values that the template shows, and never a link: the worker makes the
    link from the invitation or the thread when it sends. Not before `due_at`, where one is given.
    """
    return Message(
        public_id=str(uuid4()),
        template=template,
        locale=locale,
        recipient=recipient,
        context=context,
        invitation_id=invitation_id,
        correspondence_id=correspondence_id,
        created_at=now,
        due_at=due_at or now,
    )


def queue(
    session: Session,
    *,
    template: str,
    locale: str,
    recipient: str,
    context: JsonObject,
    now: datetime,
    invitation_id: int | None = None,
    correspondence_id: int | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Add a new message (see `message`) in the transaction of its cause; return it, flushed."""
    waiting = message(
        template=template,
        locale=locale,
        recipient=recipient,
        context=context,
        now=now,
        invitation_id=invitation_id,
        correspondence_id=correspondence_id,
        due_at=due_at,
    )
    session.add(waiting)
    session.flush()
    return waiting


def release_abandoned(session: Session, is_gone: Callable[[str], bool]) -> int:
    """Put back what workers that are gone had taken out; return how many messages that was."""
    workers = session.scalars(
        sa.select(Message.claimed_by).where(Message.state == MessageState.SENDING).distinct()
    )
    gone = [worker for worker in workers if worker and is_gone(worker)]
    if not gone:
        return 0
    abandoned = session.scalars(
        sa.select(Message)
        .where(Message.state == MessageState.SENDING, Message.claimed_by.in_(gone))
        .with_for_update(skip_locked=True)
    ).all()
    for each in abandoned:
        _let_go(each, MessageState.QUEUED)
    return len(abandoned)


def claim(session: Session, worker: str, now: datetime) -> Message | None:
    """Return the message that is due first, taken out for `worker`; None when nothing is due.

    Nobody else gets it before the lease ends. One at a time, so that a lease is never shorter than
    the work, and a worker that dies leaves one message in doubt and no more.
    """
    due = session.scalar(
        sa.select(Message)
        .where(_may_be_taken(now))
        .order_by(Message.due_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if due is None:
        return None
    due.state = MessageState.SENDING
    due.claimed_by = worker
    due.lease_until = now + LEASE
    due.attempts += 1
    return due


def _may_be_taken(now: datetime) -> sa.ColumnElement[bool]:
    waiting = sa.and_(Message.state == MessageState.QUEUED, Message.due_at <= now)
    lease_ended = sa.and_(Message.state == MessageState.SENDING, Message.lease_until <= now)
    return sa.or_(waiting, lease_ended)


def settle_sent(taken: Message, now: datetime) -> None:
    """Say that the mail server took the message."""
    _let_go(taken, MessageState.SENT)
    taken.sent_at = now


def settle_dropped(taken: Message, reason: str) -> None:
    """Say that the message is no longer wanted, and why."""
    _let_go(taken, MessageState.DROPPED, reason)


def settle_bounced(taken: Message, error: str) -> None:
    """Say that there is no such address."""
    _let_go(taken, MessageState.BOUNCED, error)


def settle_failed(taken: Message, error: str, now: datetime) -> None:
    """Say that this attempt failed: tried again later, or given up after the last attempt."""
    if taken.attempts > len(RETRY_AFTER):
        _let_go(taken, MessageState.FAILED, error)
        return
    _let_go(taken, MessageState.QUEUED, error)
    taken.due_at = now + RETRY_AFTER[taken.attempts - 1]


def put_back(taken: Message, error: str, now: datetime) -> None:
    """Say that no mail server answered: not the message's fault, so the attempt does not count."""
    _let_go(taken, MessageState.QUEUED, error)
    taken.attempts -= 1
    taken.due_at = now + RETRY_AFTER[0]


def _let_go(taken: Message, state: MessageState, error: str | None = None) -> None:
    taken.state = state
    taken.claimed_by = None
    taken.lease_until = None
    taken.error = error[:LONGEST_ERROR] if error else None
