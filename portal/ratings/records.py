"""The history of ratings: a row per change, and the way from a row's inputs back to its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from pydantic_core import from_json
from sqlalchemy.orm import Session

from portal.ratings.case import Case
from portal.ratings.category import find_category
from portal.ratings.model import Rating, rate
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.reference import ReferenceData
from portal.ratings.settings import ModelSettings
from portal.store import JsonObject, JsonText

_FIGURES = ("country_index", "category_index", "uplift", "inherent", "effectiveness", "residual")
_WORDS = ("inherent_band", "band", "basis", "priority")
# Smaller changes of a score are not worth a row.
_SMALLEST_CHANGE = 0.1


def inputs_of(case: Case, reference: ReferenceData, settings: str, today: date) -> JsonText:
    """Return all that a rating of `case` on `today` follows from, as a JSON object.

    `settings` is `ModelSettings.to_json`, the same for every case that is rated with them.
    """
    goods = find_category(case.category).dol_goods
    excerpt = reference.excerpt((case.country, *case.production_countries), goods)
    return JsonText(
        f'{{"case":{case.to_json()},"reference":{excerpt.to_json()},'
        f'"settings":{settings},"today":"{today.isoformat()}"}}'
    )


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


class Latest(NamedTuple):
    """What a newer rating is compared with, and takes over: part of a `RatingRecord`.

    `case` is None where another version of the portal has kept it in a way that is not read any more.
    """

    id: int
    case: Case | None
    inherent: float
    residual: float
    band: str
    basis: str
    priority: str
    red_flags: list[str]
    topics: JsonObject


_COMPARED = [getattr(RatingRecord, name) for name in Latest._fields[2:]]


def latest_by_supplier(session: Session, supplier_ids: Sequence[int]) -> dict[int, Latest]:
    """Return what counts of the newest row of each supplier that has one."""
    # As text, so that what is not wanted of it is let go row by row.
    inputs = sa.cast(RatingRecord.inputs, sa.Text)
    rows = session.execute(
        sa.select(RatingRecord.supplier_id, RatingRecord.id, inputs, *_COMPARED).where(
            RatingRecord.id.in_(_newest(supplier_ids))
        )
    )
    return {
        supplier_id: Latest(row_id, _case_in(text), *compared)
        for supplier_id, row_id, text, *compared in rows
    }


def _case_in(inputs: str) -> Case | None:
    try:
        return Case.from_data(from_json(inputs)["case"])
    except (KeyError, ValueError):
        return None


def bands(session: Session, supplier_ids: Sequence[int]) -> dict[int, str]:
    """Return the band of each supplier that has a rating."""
    rows = session.execute(
        sa.select(RatingRecord.supplier_id, RatingRecord.band).where(
            RatingRecord.id.in_(_newest(supplier_ids))
        )
    )
    return {row.supplier_id: row.band for row in rows}


def _newest(supplier_ids: Sequence[int]) -> sa.Select[int]:
    return (
        sa.select(sa.func.max(RatingRecord.id))
        .where(RatingRecord.supplier_id.in_(supplier_ids))
        .group_by(RatingRecord.supplier_id)
    )


def differs(rating: Rating, case: Case, record: Latest) -> bool:
    """Return whether `rating` says something else than `record`: a score by 0.1, a word, a topic's band."""
    moved = max(abs(rating.residual - record.residual), abs(rating.inherent - record.inherent))
    return (
        round(moved, 2) >= _SMALLEST_CHANGE
        or (rating.band, rating.basis, rating.priority)
        != (record.band, record.basis, record.priority)
        or sorted(rating.red_flags) != sorted(record.red_flags)
        or record.case is None
        or case.state is not record.case.state
        or {each.topic: each.band for each in rating.topics}
        != {topic: kept["band"] for topic, kept in record.topics.items()}
    )


def row_of(
    supplier_id: int,
    rating: Rating,
    inputs: JsonText,
    *,
    trigger: RatingTrigger,
    now: datetime,
    previous_id: int | None,
    declaration_id: int | None = None,
) -> dict[str, object]:
    """Return the values of the `RatingRecord` that keeps `rating`, following the row `previous_id`."""
    return {
        "supplier_id": supplier_id,
        "computed_at": now,
        "trigger": trigger,
        "model_version": rating.model,
        "settings_version": str(rating.settings_version),
        "reference_version": rating.reference_version,
        "inputs": inputs,
        "country_index": rating.country_index,
        "category_index": rating.category_index,
        "uplift": rating.uplift,
        "inherent": rating.inherent,
        "effectiveness": rating.effectiveness,
        "residual": rating.residual,
        "inherent_band": rating.inherent_band,
        "band": rating.band,
        "basis": rating.basis,
        "priority": rating.priority,
        "red_flags": list(rating.red_flags),
        "explanation": [line.to_data() for line in rating.explanation],
        "topics": _topics_of(rating),
        "declaration_id": declaration_id,
        "previous_id": previous_id,
    }
