"""The response curve as a picture: where its lines go. The page draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.reports.funnel import Day

WIDTH, HEIGHT = 640, 250
# Room for the words around it, which phones draw larger.
LEFT, RIGHT, TOP, BOTTOM = 60, 12, 36, 36


@dataclass(frozen=True)
class Tick:
    """A grid line: how many answers, and its distance from the top."""

    count: int
    y: float


@dataclass(frozen=True)
class Curve:
    """Points of the line in the picture's units, the grid, and where the deadline stands."""

    line: str
    area: str
    ticks: tuple[Tick, ...]
    deadline_x: float
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def deadline_words_before(self) -> bool:
        """Whether the words at the deadline stand to the left of its line, where there is room."""
        return self.deadline_x > WIDTH / 2


def curve(days: Sequence[Day], asked: int, deadline: date) -> Curve:
    """Return the picture of `days` (at least one) among `asked`, up to the deadline or beyond."""
    first, last = days[0].day, max(days[-1].day, deadline)
    whole = max((last - first).days, 1)

    def x(day: date) -> float:
        share = (day - first).days / whole
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(count: int) -> float:
        share = count / max(asked, 1)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    points = [f"{x(each.day)},{y(each.total)}" for each in days]
    floor = y(0)
    return Curve(
        line=" ".join(points),
        area=" ".join([f"{x(first)},{floor}", *points, f"{x(days[-1].day)},{floor}"]),
        ticks=tuple(Tick(count, y(count)) for count in sorted({0, asked // 2, asked})),
        deadline_x=x(max(first, deadline)),
        first=first,
        last=last,
    )
