"""How often somebody should look: decided from plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.followup.visit_rule import Case, Intervals, Standing, due_day, standing, years_between

TODAY = date(2026, 11, 21)
OLD, NEW = date(2020, 1, 1), date(2026, 6, 1)


def case(**values: Any) -> Case:
    return Case(**({"criticality": "", "band": "", "registered_on": OLD} | values))


@pytest.mark.parametrize(
    ("criticality", "band", "years"),
    [
        ("A", "low", 3),
        ("C", "very_high", 3),
        ("A", "high", 3),
        ("B", "high", 5),
        ("B", "medium", None),
        ("", "", None),
    ],
)
def test_criticality_and_risk_give_the_years(
    criticality: str, band: str, years: int | None
) -> None:
    assert years_between(criticality, band, Intervals()) == years


def test_a_buyer_may_set_other_years() -> None:
    own = Intervals(critical=1, high=2)
    assert (years_between("A", "", own), years_between("", "high", own)) == (1, 2)


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ({"criticality": "A", "last_done": date(2024, 2, 29)}, date(2027, 2, 28)),
        ({"band": "high", "last_done": date(2024, 3, 1)}, date(2029, 3, 1)),
        ({"criticality": "A", "registered_on": NEW}, date(2029, 6, 1)),
        ({"band": "low", "last_done": date(2024, 3, 1)}, None),
        ({"band": "low", "next_on": date(2027, 1, 1)}, date(2027, 1, 1)),
        (
            {"criticality": "A", "last_done": date(2026, 1, 1), "next_on": date(2027, 1, 1)},
            date(2027, 1, 1),
        ),
    ],
)
def test_the_earlier_of_interval_and_named_day_counts(
    values: dict[str, Any], day: date | None
) -> None:
    assert due_day(case(**values), Intervals()) == day


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"band": "low"}, Standing.NOT_DUE),
        ({"criticality": "A"}, Standing.OVERDUE),
        ({"criticality": "A", "registered_on": NEW}, Standing.DUE),
        ({"criticality": "A", "last_done": date(2023, 11, 20)}, Standing.OVERDUE),
        ({"criticality": "A", "last_done": date(2023, 11, 21)}, Standing.DUE),
        ({"criticality": "A", "last_done": date(2024, 2, 19)}, Standing.DUE),
        ({"criticality": "A", "last_done": date(2024, 2, 20)}, Standing.NOT_DUE),
        ({"criticality": "A", "planned_to": TODAY}, Standing.PLANNED),
        ({"criticality": "A", "planned_to": date(2026, 11, 20)}, Standing.OVERDUE),
        ({"band": "low", "next_on": date(2026, 12, 1)}, Standing.DUE),
    ],
)
def test_where_a_supplier_stands(values: dict[str, Any], expected: Standing) -> None:
    assert standing(case(**values), Intervals(), TODAY) is expected
