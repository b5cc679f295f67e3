"""What a person has set beside a computed score, as columns of an export."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from portal.ratings.models import RatingOverride
from portal.ratings.overrides import counts
from portal.reports.export import Field, field
from portal.suppliers.models import Supplier


def overridden_fields() -> list[Field]:
    """Return the columns; they stand beside the computed figures, which stay as they are."""
    return [
        field(
            "overridden",
            "decimal",
            RatingOverride.score,
            note="0-100, set by a person beside the computed score; as it is today",
        ),
        field("overridden_reason", "text", RatingOverride.reason),
        field(
            "overridden_until", "date", RatingOverride.ends_on, note="its last day, if it has one"
        ),
        field("overridden_by", "text", RatingOverride.set_by, personal=True),
    ]


def override_id(today: date) -> sa.ScalarSelect[int]:
    """Return the id of the override of a supplier that counts on `today`, as SQL."""
    return (
        sa.select(sa.func.max(RatingOverride.id))
        .where(RatingOverride.supplier_id == Supplier.id, counts(today))
        .correlate(Supplier)
        .scalar_subquery()
    )
