"""A score set by a person beside the computed one: both are shown, the computed one never changes.

Source: the rating model, section 7: upwards freely; downwards a reason, a second person and an end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.ratings.models import RatingOverride
from portal.ratings.queries import latest


class OverrideRefused(Exception):
    """The score cannot be set or confirmed so; the message says why."""


def propose(
    session: Session,
    supplier_id: int,
    score: float,
    *,
    reason: str,
    ends_on: date | None,
    by: str,
    now: datetime,
) -> RatingOverride:
    """Set a score beside the computed one; a lower one waits for a second person.

    Raises:
        OverrideRefused: there is no rating yet, the score is none, or a reason or an end is missing.
    """
    computed = latest(session, supplier_id)
    if computed is None:
        raise OverrideRefused("The supplier is not rated yet.")
    if not 0 <= score <= 100:
        raise OverrideRefused("A score is a number from 0 to 100.")
    if not reason.strip():
        raise OverrideRefused("Another score needs a reason.")
    if score < computed.residual and (ends_on is None or ends_on <= local_day(session, now)):
        raise OverrideRefused("A lower score needs a day on which it ends.")
    for earlier in _standing(session, supplier_id):
        earlier.ended_at, earlier.ended_by = now, by
    row = RatingOverride(
        supplier_id=supplier_id,
        score=score,
        computed=computed.residual,
        reason=reason.strip(),
        set_at=now,
        set_by=by,
        ends_on=ends_on,
    )
    session.add(row)
    session.flush()
    return row


def confirm(session: Session, row: RatingOverride, *, by: str, now: datetime) -> None:
    """Confirm a lower score as the second person.

    Raises:
        OverrideRefused: the same person set it, or it waits for nobody.
    """
    if row.score >= row.computed or row.confirmed_at or row.ended_at:
        raise OverrideRefused("This score does not wait for anybody.")
    if by == row.set_by:
        raise OverrideRefused("A lower score needs a second person, not the one who set it.")
    row.confirmed_by, row.confirmed_at = by, now
    session.flush()


def end(session: Session, row: RatingOverride, *, by: str, now: datetime) -> None:
    """Let the computed score stand alone again; ending twice changes nothing."""
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by
        session.flush()


def override_of(session: Session, supplier_id: int, today: date) -> RatingOverride | None:
    """Return the score set by a person that has not ended, waiting for its second person or not."""
    rows = [row for row in _standing(session, supplier_id) if not _is_over(row, today)]
    return rows[0] if rows else None


def is_in_force(row: RatingOverride) -> bool:
    """Return whether the score counts: a lower one only once a second person has confirmed it."""
    return row.score >= row.computed or row.confirmed_at is not None


def in_force(
    session: Session, supplier_ids: Iterable[int], today: date
) -> dict[int, RatingOverride]:
    """Return the score set by a person that counts on `today`, by supplier id, where there is one."""
    rows = session.scalars(
        sa.select(RatingOverride)
        .where(RatingOverride.supplier_id.in_(list(supplier_ids)), counts(today))
        .order_by(RatingOverride.id)
    )
    return {row.supplier_id: row for row in rows}


def counts(today: date) -> sa.ColumnElement[bool]:
    """Return the condition on overrides: neither ended nor over, and confirmed if it is lower."""
    return sa.and_(
        RatingOverride.ended_at.is_(None),
        sa.or_(RatingOverride.ends_on.is_(None), RatingOverride.ends_on >= today),
        sa.or_(
            RatingOverride.score >= RatingOverride.computed,
            RatingOverride.confirmed_at.is_not(None),
        ),
    )


def _is_over(row: RatingOverride, today: date) -> bool:
    return row.ends_on is not None and row.ends_on < today


def _standing(session: Session, supplier_id: int) -> list[RatingOverride]:
    rows = sa.select(RatingOverride).where(
        RatingOverride.supplier_id == supplier_id, RatingOverride.ended_at.is_(None)
    )
    return list(session.scalars(rows.order_by(RatingOverride.id.desc())))
