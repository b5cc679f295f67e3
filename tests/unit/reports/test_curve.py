"""Where the lines of the response curve go."""

from __future__ import annotations

from datetime import date, timedelta

from portal.reports.funnel import Day
from portal.web.buyer.curve import HEIGHT, LEFT, WIDTH, curve

FIRST = date(2026, 11, 1)


def days(*totals: int) -> list[Day]:
    return [Day(FIRST + timedelta(n), 0, total) for n, total in enumerate(totals)]


def test_the_line_goes_from_the_launch_to_today_and_leaves_room_for_the_deadline():
    drawn = curve(days(0, 5, 10), 10, FIRST + timedelta(4))
    points = [tuple(map(float, point.split(","))) for point in drawn.line.split()]
    assert points[0] == (LEFT, drawn.bottom)
    assert points[-1] == ((LEFT + drawn.right) / 2, drawn.top)
    assert drawn.deadline_x == drawn.right


def test_the_grid_ends_at_how_many_were_asked():
    assert [tick.count for tick in curve(days(1), 9, FIRST).ticks] == [0, 4, 9]


def test_everything_stays_in_the_picture_after_the_deadline_and_on_the_first_day():
    for drawn in (
        curve(days(0, 1, 1), 1, FIRST - timedelta(9)),
        curve(days(1), 1, FIRST),
        curve(days(0), 0, FIRST),
    ):
        for point in (*drawn.line.split(), *drawn.area.split()):
            x, y = map(float, point.split(","))
            assert LEFT <= x <= WIDTH
            assert 0 <= y <= HEIGHT
        assert LEFT <= drawn.deadline_x <= WIDTH
