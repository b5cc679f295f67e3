"""Rating every supplier of a buyer again, in steps that can be seen from outside and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings import service
from portal.ratings.models import RatingTrigger, Rerating
from portal.ratings.rated_kinds import is_rated
from portal.suppliers.models import Supplier

# Suppliers of one step: a second of work or so between two signs of life.
_STEP = 500


def request(session: Session, trigger: RatingTrigger, now: datetime) -> Rerating:
    """Ask for the session's buyer to be rated again; what was asked before is then done with it."""
    for earlier in _open(session):
        earlier.finished_at = now
    wanted = Rerating(trigger=trigger, total=_count(session), requested_at=now)
    session.add(wanted)
    session.flush()
    return wanted


def newest(session: Session) -> Rerating | None:
    """Return what was asked for last, finished or not."""
    return session.scalars(sa.select(Rerating).order_by(Rerating.id.desc()).limit(1)).first()


def step(session: Session, now: datetime) -> int | None:
    """Rate the next suppliers and return how many ratings changed; None once nothing is left to do.

    The edge commits after every step.
    """
    wanted = next(iter(_open(session)), None)
    if wanted is None:
        return None
    ids = _next(session, wanted.done)
    changed = len(service.rate_because(session, ids, wanted.trigger, now))
    wanted.changed += changed
    wanted.done += len(ids)
    if len(ids) < _STEP:
        wanted.finished_at = now
    session.flush()
    return changed


def _open(session: Session) -> Sequence[Rerating]:
    return session.scalars(sa.select(Rerating).where(Rerating.finished_at.is_(None))).all()


def _count(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count(Supplier.id)).where(is_rated())) or 0


def _next(session: Session, done: int) -> list[int]:
    rows = sa.select(Supplier.id).where(is_rated()).order_by(Supplier.id).offset(done).limit(_STEP)
    return list(session.scalars(rows))
