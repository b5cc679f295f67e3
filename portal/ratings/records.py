"""The history of ratings: a row per change, and the way from a row's inputs back to its figures."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from portal.ratings.case import Case
from portal.ratings.category import find_category
from portal.ratings.model import Rating, rate
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.reference import ReferenceData
from portal.ratings.settings import ModelSettings
from portal.store import JsonObject

_FIGURES = ("country_index", "category_index", "uplift", "inherent", "effectiveness", "residual")
_WORDS = ("inherent_band", "band", "basis", "priority")
# Smaller changes of a score are not worth a row.
_SMALLEST_CHANGE = 0.1


def inputs_of(
    case: Case, reference: ReferenceData, settings: JsonObject, today: date
) -> JsonObject:
    """Return all that a rating of `case` on `today` follows from, as JSON data.

    `settings` are `ModelSettings.to_data`, the same for every case that is rated with them.
    """
    goods = find_category(case.category).dol_goods
    places = (case.country, *case.production_countries)
    return {
        "case": case.to_data(),
        "reference": reference.excerpt(places, goods).to_data(),
        "settings": settings,
        "today": today.isoformat(),
    }


def recomputed(record: RatingRecord) -> Rating:
    """Return the rating that follows from the inputs kept in `record`."""
    inputs = record.inputs
    return rate(
        Case.from_data(inputs["case"]),
        ReferenceData.from_data(inputs["reference"]),
        ModelSettings.from_data(inputs["settings"]),
        date.fromisoformat(inputs["today"]),
    )


def fault_of(record: RatingRecord) -> str:
    """Return what in `record` does not follow from its own inputs; an empty text if all does."""
    try:
        rating = recomputed(record)
    except (KeyError, ValueError) as error:
        return f"its inputs cannot be read ({error})"
    lines = [line.to_data() for line in rating.explanation]
    if _topics_of(rating) != record.topics:
        return "its topics differ"
    for name in (*_FIGURES, *_WORDS):
        kept, found = getattr(record, name), getattr(rating, name)
        if kept != found:
            return f"{name} is {kept}, its inputs give {found}"
    return "" if lines == record.explanation else "its explanation differs"


def _topics_of(rating: Rating) -> JsonObject:
    return {each.topic: each.kept() for each in rating.topics}


def latest_by_supplier(session: Session, supplier_ids: list[int]) -> dict[int, RatingRecord]:
    """Return the newest row of each supplier that has one."""
    newest = (
        sa.select(sa.func.max(RatingRecord.id))
        .where(RatingRecord.supplier_id.in_(supplier_ids))
        .group_by(RatingRecord.supplier_id)
    )
    rows = session.scalars(
        sa.select(RatingRecord)
        .where(RatingRecord.id.in_(newest))
        .options(defer(RatingRecord.explanation))  # long, and read on one supplier's page only
    )
    return {row.supplier_id: row for row in rows}


def differs(rating: Rating, case: Case, record: RatingRecord) -> bool:
    """Return whether `rating` says something else than `record`: a score by 0.1, a word, a topic's band."""
    moved = max(abs(rating.residual - record.residual), abs(rating.inherent - record.inherent))
    return (
        round(moved, 2) >= _SMALLEST_CHANGE
        or (rating.band, rating.basis, rating.priority)
        != (record.band, record.basis, record.priority)
        or sorted(rating.red_flags) != sorted(record.red_flags)
        or case.state != record.inputs["case"]["state"]
        or {each.topic: each.band for each in rating.topics}
        != {topic: kept["band"] for topic, kept in record.topics.items()}
    )


def row_of(
    supplier_id: int,
    rating: Rating,
    inputs: JsonObject,
    *,
    trigger: RatingTrigger,
    now: datetime,
    previous: RatingRecord | None,
    declaration_id: int | None = None,
) -> RatingRecord:
    """Return the row that keeps `rating`, following `previous`."""
    return RatingRecord(
        supplier_id=supplier_id,
        computed_at=now,
        trigger=trigger,
        model_version=rating.model,
        settings_version=str(rating.settings_version),
        reference_version=rating.reference_version,
        inputs=inputs,
        country_index=rating.country_index,
        category_index=rating.category_index,
        uplift=rating.uplift,
        inherent=rating.inherent,
        effectiveness=rating.effectiveness,
        residual=rating.residual,
        inherent_band=rating.inherent_band,
        band=rating.band,
        basis=rating.basis,
        priority=rating.priority,
        red_flags=list(rating.red_flags),
        explanation=[line.to_data() for line in rating.explanation],
        topics=_topics_of(rating),
        declaration_id=declaration_id,
        previous_id=previous.id if previous else None,
    )
