"""The newest rows of the suppliers that a service has just rated."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.ratings.models import RatingRecord
from portal.ratings.queries import history


def newest(session: Session, supplier_ids: Iterable[int]) -> list[RatingRecord]:
    """Return the newest rating of each supplier, in the order of the ids."""
    return [history(session, each, limit=1)[0] for each in supplier_ids]
