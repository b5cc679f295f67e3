"""The indicator values and the question set that the worked examples need."""

from datetime import date

from portal.ratings.case import Case, Credit, Criticality, State
from portal.ratings.category import find_category, material_topics
from portal.ratings.model import Rating, rate
from portal.ratings.reference import ReferenceData, Source, shipped
from portal.ratings.settings import ModelSettings, Value
from tests.unit.ratings.loading import with_indicators

TODAY = date(2026, 11, 21)
SETTINGS = ModelSettings()

# ITUC rating, Freedom House E3 and score, CPI: only the countries of the examples.
_LOADED = {
    "BD": ("5", 2, 45, 24),
    "BR": ("4", 3, 72, 35),
    "CD": ("4", 1, 18, 20),
    "CN": ("5", 1, 9, 43),
    "DE": ("1", 4, 95, 77),
    "DK": ("1", 4, 97, 89),
    "FR": ("3", 4, 89, 66),
    "GB": ("3", 4, 92, 70),
    "HK": ("5", 1, 40, 76),
    "IL": ("4", 4, 73, 62),
    "IN": ("5", 3, 63, 39),
    "KR": ("5", 4, 81, 63),
    "MM": ("5+", 1, 7, 16),
    "NO": ("1", 4, 99, 81),
    "PL": ("3", 4, 82, 53),
    "SE": ("1", 4, 99, 80),
    "TW": ("2", 3, 94, 68),
    "US": ("4", 3, 84, 64),
    "VN": ("4", 0, 20, 41),
}

TOPICS = (
    "child_labour",
    "forced_labour",
    "osh",
    "osh",
    "union_rights",
    "migrant_labour",
    "supply_chain",
    "supply_chain",
    "wages",
    "working_hours",
    "discrimination",
    "environment",
    "corruption",
    "grievance",
    "remedy",
    "governance",
    "governance",
)


def with_loaded_indicators() -> ReferenceData:
    """Return the shipped data and the operator's figures for the countries of the examples."""
    data = with_indicators(
        shipped(),
        Source(id="ituc", title="ITUC Global Rights Index", edition="2026", year=2026),
        {code: {"ituc": row[0]} for code, row in _LOADED.items()},
    )
    data = with_indicators(
        data,
        Source(id="freedom_house", title="Freedom in the World", edition="2025", year=2024),
        {code: {"trade_unions": row[1], "freedom": row[2]} for code, row in _LOADED.items()},
    )
    return with_indicators(
        data,
        Source(id="cpi", title="Corruption Perceptions Index", edition="2025", year=2025),
        {code: {"corruption": row[3]} for code, row in _LOADED.items()},
    )


REFERENCE = with_loaded_indicators()


def question_set(category: str, value: Value, answered_on: date = TODAY) -> tuple[Credit, ...]:
    """Return one credit per question of the examples' set, all with `value`."""
    topics: tuple[str, ...] = TOPICS
    if "conflict_minerals" in material_topics(find_category(category), SETTINGS):
        topics = (*TOPICS, "conflict_minerals")
    return tuple(
        Credit(question=f"q{number}", topic=topic, value=value, answered_on=answered_on)
        for number, topic in enumerate(topics, start=1)
    )


def changed(answers: tuple[Credit, ...], topic: str, value: Value) -> tuple[Credit, ...]:
    """Return `answers` with those on `topic` turned to `value`."""
    return tuple(
        answer._replace(value=value) if answer.topic == topic else answer for answer in answers
    )


def case(
    country: str,
    category: str,
    criticality: Criticality,
    *,
    made_in: tuple[str, ...] = (),
    origin_asked: bool = False,
) -> Case:
    """Return a supplier that has been asked and has not answered yet."""
    return Case(
        country=country,
        production_countries=made_in,
        origin_asked=origin_asked,
        category=category,
        criticality=criticality,
        state=State.OPEN,
    )


def declared(supplier: Case, answers: tuple[Credit, ...]) -> Case:
    """Return the supplier with these answers signed."""
    return supplier.model_copy(update={"state": State.DECLARED, "credits": answers})


def rated(supplier: Case, today: date = TODAY) -> Rating:
    """Return the rating with all indicators of the examples loaded."""
    return rate(supplier, REFERENCE, SETTINGS, today)
