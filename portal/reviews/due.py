"""When answers have to be asked for again: a horizon of days, and what has run out by then."""

from __future__ import annotations

import enum
from datetime import date, timedelta


class Horizon(enum.StrEnum):
    """How far a list of what is due looks ahead; each holds what the ones before it hold."""

    EXPIRED = "0"
    DAYS_30 = "30"
    DAYS_60 = "60"
    DAYS_90 = "90"
    ALL = "all"

    @property
    def days(self) -> int | None:
        """Days from today, None without an end."""
        return None if self is Horizon.ALL else int(self)


def runs_out(valid_until: date, today: date, horizon: Horizon) -> bool:
    """Return whether answers valid through `valid_until` have run out when the horizon is reached."""
    days = horizon.days
    return days is None or valid_until < today + timedelta(days=days)


def nearest(valid_until: date, today: date) -> Horizon:
    """Return the first horizon by which the answers have run out."""
    return next(each for each in Horizon if runs_out(valid_until, today, each))
