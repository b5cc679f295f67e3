"""What measuring yields, and the table it is shown in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEADERS = ("what", "per second", "min", "median", "max", "memory", "floor", "ratio")
_NUMBERS_FROM = 2


@dataclass(frozen=True)
class Plan:
    """How long a round lasts, about (seconds), and how many rounds there are."""

    seconds: float
    rounds: int


@dataclass(frozen=True)
class Measured:
    """Rates per second of each round, here and at the floor, and a process's peak memory in bytes."""

    what: str
    unit: str
    rates: Sequence[float]
    floor: Sequence[float]
    memory: int | None

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table; the ratio says how much of the floor's rate is reached."""
        middle, floor = median(self.rates), median(self.floor)
        return (
            self.what,
            self.unit,
            _number(min(self.rates)),
            _number(middle),
            _number(max(self.rates)),
            "–" if self.memory is None else f"{self.memory / 1e6:.0f} MB",
            _number(floor),
            f"{middle / floor:.3f}",
        )


def as_text(found: Sequence[Measured]) -> str:
    """Return the table in columns for a terminal."""
    rows = [HEADERS, *(each.cells() for each in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place >= _NUMBERS_FROM else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def as_markdown(found: Sequence[Measured]) -> str:
    """Return the table as Markdown."""
    marks = ["---" if place < _NUMBERS_FROM else "---:" for place in range(len(HEADERS))]
    rows = [HEADERS, marks, *(each.cells() for each in found)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.1f}"
