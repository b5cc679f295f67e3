"""What is known of a supplier's ratings, and the bands that decide what it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings.case import Case
from portal.ratings.cases import cases
from portal.ratings.category import find_category
from portal.ratings.inherent import inherent_risk
from portal.ratings.models import RatingRecord
from portal.ratings.reference import shipped
from portal.ratings.settings import ModelSettings, band_of
from portal.suppliers.models import Supplier

_SETTINGS = ModelSettings()


def latest(session: Session, supplier_id: int) -> RatingRecord | None:
    """Return the supplier's rating as it stands; None before the first."""
    return next(iter(history(session, supplier_id, limit=1)), None)


def history(session: Session, supplier_id: int, limit: int | None = None) -> list[RatingRecord]:
    """Return the supplier's ratings, newest first."""
    rows = sa.select(RatingRecord).where(RatingRecord.supplier_id == supplier_id)
    return list(session.scalars(rows.order_by(RatingRecord.id.desc()).limit(limit)))


def bands_for(
    session: Session, suppliers: Sequence[Supplier], now: datetime
) -> dict[int, dict[str, str]]:
    """Return the bands that fix each supplier's question set at launch, by supplier id.

    Keys are what conditions of questionnaires call them: `supplier.inherent_risk` and
    `supplier.country_risk` (the worst known country); values `low` to `very_high`.
    """
    known = cases(session, suppliers, now)
    return {supplier_id: _bands(case) for supplier_id, case in known.items()}


def _bands(case: Case) -> dict[str, str]:
    inherent = inherent_risk(case, find_category(case.category), shipped(), _SETTINGS)
    return {
        "supplier.inherent_risk": band_of(inherent.score, _SETTINGS.bands).value,
        "supplier.country_risk": inherent.countries[0].band.value,
    }
