"""What is known of a supplier's ratings, and the bands that decide what it is asked."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings.case import Case
from portal.ratings.cases import case_of
from portal.ratings.category import find_category
from portal.ratings.declared import in_force
from portal.ratings.explanation import figure
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


def bands_for(session: Session, suppliers: Sequence[Supplier]) -> dict[int, dict[str, str]]:
    """Return the bands that fix each supplier's question set at launch, by supplier id.

    They rest on what is known before this survey: the buyer's facts, and where earlier declarations
    say that the goods are made. Keys are what conditions of questionnaires call them:
    `supplier.inherent_risk` and `supplier.country_risk` (the worst known country); values `low` to
    `very_high`.
    """
    declared = in_force(session, [supplier.id for supplier in suppliers])
    return {each.id: _bands(case_of(each, declared=declared[each.id])) for each in suppliers}


def _bands(case: Case) -> dict[str, str]:
    inherent = inherent_risk(case, find_category(case.category), shipped(), _SETTINGS)
    return {
        "supplier.inherent_risk": band_of(figure(inherent.score), _SETTINGS.bands).value,
        "supplier.country_risk": inherent.countries[0].band.value,
    }
