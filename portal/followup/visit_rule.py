"""How often somebody should look for themselves: decided from plain values.

Source: guidance on due diligence asks that critical suppliers are visited every three to five years.
Here: criticality A or very high risk every three years, high risk every five; the others when there is
a reason. A buyer may set other years.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

_SOON = timedelta(days=90)


@dataclass(frozen=True)
class Intervals:
    """Years between two visits."""

    critical: int = 3
    high: int = 5


class Standing(enum.StrEnum):
    """Where a supplier stands, the most pressing first."""

    OVERDUE = "overdue"
    DUE = "due"
    PLANNED = "planned"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Case:
    """What is known of a supplier: criticality A, B, C or "", and the band of its newest rating or "".

    `next_on` is the day that somebody named after the last visit; `planned_to` the last day of the one
    that is planned.
    """

    criticality: str
    band: str
    registered_on: date
    last_done: date | None = None
    next_on: date | None = None
    planned_to: date | None = None


def years_between(criticality: str, band: str, intervals: Intervals) -> int | None:
    """Return the years between visits; None where there is no interval, only reasons."""
    if criticality == "A" or band == "very_high":
        return intervals.critical
    return intervals.high if band == "high" else None


def due_day(case: Case, intervals: Intervals) -> date | None:
    """Return the day by which somebody should look, the earlier of interval and named day; or None.

    Who was never visited has the whole interval from its registration.
    """
    years = years_between(case.criticality, case.band, intervals)
    by_interval = _years_after(case.last_done or case.registered_on, years) if years else None
    return min((day for day in (by_interval, case.next_on) if day), default=None)


def standing(case: Case, intervals: Intervals, today: date) -> Standing:
    """Return where the supplier stands on `today`.

    A visit that was planned and not done in time is overdue. Who has an interval and was never visited
    is due from the first day; everybody else 90 days before the day comes.
    """
    if case.planned_to:
        return Standing.OVERDUE if case.planned_to < today else Standing.PLANNED
    day = due_day(case, intervals)
    if day is None:
        return Standing.NOT_DUE
    if day < today:
        return Standing.OVERDUE
    has_interval = years_between(case.criticality, case.band, intervals) is not None
    if (has_interval and case.last_done is None) or day <= today + _SOON:
        return Standing.DUE
    return Standing.NOT_DUE


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
