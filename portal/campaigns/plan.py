"""When the reminders of a campaign fall due: its plan of days, laid on the buyer's working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

DEFAULT_PLAN = (-14, -7, -2, 3, 10)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """One step of a plan: its name in the ledger ("-14", "3") and the day it is due."""

    name: str
    day: date


def is_working_day(day: date, country: str) -> bool:
    """Return whether people work on `day` in `country`: neither weekend nor public holiday there.

    A country whose holidays are not known works from Monday to Friday.
    """
    calendar = _calendar(country)
    return day.weekday() < _SATURDAY if calendar is None else calendar.is_working_day(day)


@dataclass(frozen=True)
class Schedule:
    """A plan (days from the deadline), with the deadline, zone and country it is read in."""

    plan: tuple[int, ...]
    deadline: date
    zone: str
    country: str

    def day_of(self, now: datetime) -> date:
        """Return the day it is in the schedule's zone."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def steps(self) -> tuple[Step, ...]:
        """Return the steps in order, each on a working day.

        A day off moves a step to the next working day; one that would thereby slip past the
        deadline is sent on the last working day before instead. The order is kept, but two steps
        may meet on one day: the later is then the one that is sent.
        """
        return tuple(
            Step(
                str(offset), _moved(self.deadline + offset * _ONE_DAY, self.deadline, self.country)
            )
            for offset in sorted(set(self.plan))
        )

    def overdue_after(self) -> date:
        """Return the last day on which silence is only late: of the last step or the deadline."""
        return max([self.deadline, *(step.day for step in self.steps())])


def _moved(day: date, deadline: date, country: str) -> date:
    moved = _nearest(day, _ONE_DAY, country)
    if day <= deadline < moved:
        return _nearest(day, -_ONE_DAY, country)
    return moved


def _nearest(day: date, direction: timedelta, country: str) -> date:
    while not is_working_day(day, country):
        day += direction
    return day


@cache
def _calendar(country: str) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None
