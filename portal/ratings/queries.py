"""How a supplier is rated, and was before."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings.models import RatingRecord


def latest(session: Session, supplier_id: int) -> RatingRecord | None:
    """Return the supplier's rating as it stands; None before the first."""
    return next(iter(history(session, supplier_id, limit=1)), None)


def history(session: Session, supplier_id: int, limit: int | None = None) -> list[RatingRecord]:
    """Return the supplier's ratings, newest first."""
    rows = sa.select(RatingRecord).where(RatingRecord.supplier_id == supplier_id)
    return list(session.scalars(rows.order_by(RatingRecord.id.desc()).limit(limit)))
