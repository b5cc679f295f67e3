"""When answers have run out, seen from today."""

from __future__ import annotations

from datetime import date

import pytest

from portal.reviews.due import Horizon, nearest, runs_out

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("valid_until", "horizon"),
    [
        (date(2026, 11, 20), Horizon.EXPIRED),
        (date(2026, 11, 21), Horizon.DAYS_30),
        (date(2026, 12, 20), Horizon.DAYS_30),
        (date(2026, 12, 21), Horizon.DAYS_60),
        (date(2027, 2, 18), Horizon.DAYS_90),
        (date(2027, 2, 19), Horizon.ALL),
    ],
)
def test_the_last_valid_day_decides(valid_until: date, horizon: Horizon) -> None:
    assert nearest(valid_until, TODAY) is horizon


def test_each_horizon_holds_what_the_ones_before_hold() -> None:
    found = [runs_out(date(2026, 12, 25), TODAY, each) for each in Horizon]
    assert found == [False, False, True, True, True]
