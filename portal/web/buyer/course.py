"""The course of a rating as a picture: where its steps go. The page draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from portal.ratings.models import RatingRecord

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 68, 12, 20, 30
_GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Dot:
    """One rating: its place, and the number of its row in the table beside it, newest first."""

    x: float
    y: float
    row: RatingRecord


@dataclass(frozen=True)
class Course:
    """Points of the stepped line in the picture's units, and the grid of scores."""

    line: str
    dots: tuple[Dot, ...]
    grid: tuple[tuple[int, float], ...]
    first: datetime
    last: datetime
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def course(rows: Sequence[RatingRecord]) -> Course | None:
    """Return the picture of `rows` (newest first) by time; None with fewer than two."""
    if len(rows) < 2:
        return None
    told = list(reversed(rows))
    first, last = told[0].computed_at, told[-1].computed_at
    whole = max((last - first).total_seconds(), 1)

    def x(moment: datetime) -> float:
        share = (moment - first).total_seconds() / whole
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(score: float) -> float:
        return round(HEIGHT - BOTTOM - score / 100 * (HEIGHT - TOP - BOTTOM), 1)

    dots = tuple(Dot(x(row.computed_at), y(row.residual), row) for row in told)
    steps = [f"{dots[0].x},{dots[0].y}"]
    for before, after in pairwise(dots):
        steps += [f"{after.x},{before.y}", f"{after.x},{after.y}"]
    return Course(
        line=" ".join(steps),
        dots=dots,
        grid=tuple((score, y(score)) for score in _GRID),
        first=first,
        last=last,
    )
