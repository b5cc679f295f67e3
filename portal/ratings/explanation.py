"""The explanation of a rating: lines of points that add up to the score, to the hundredth."""

from collections.abc import Iterable, Mapping
from math import floor
from typing import NamedTuple

from portal.store import JsonObject

Params = Mapping[str, str | float]

# English sentences by code; the edge translates by code with the same names.
TEMPLATES: Mapping[str, str] = {
    "inherent.country": "{country} has country index {index:.1f}; {share:.0f} % of it counts.",
    "inherent.country_parent": (
        "{country} has no figures of its own; with those of {parent} it has country index "
        "{index:.1f}; {share:.0f} % of it counts."
    ),
    "inherent.country_default": (
        "There are no figures for {country}, so country index {index:.1f} is assumed; "
        "{share:.0f} % of it counts."
    ),
    "inherent.origin_unknown": (
        "It is not known yet where the goods are made, so country index {index:.1f} is assumed; "
        "{share:.0f} % of it counts."
    ),
    "inherent.origin_untold": (
        "We asked where the goods are made and were not told, so country index {index:.1f} is "
        "assumed; {share:.0f} % of it counts."
    ),
    "inherent.category": (
        "The category “{category}” has index {index:.1f}; {share:.0f} % of it counts."
    ),
    "inherent.category_proposal": (
        "The category “{category}” has index {index:.1f}, a proposal without an official rating "
        "behind it; {share:.0f} % of it counts."
    ),
    "inherent.category_override": (
        "The buyer has set the index of the category “{category}” to {index:.1f} ({reason}); "
        "{share:.0f} % of it counts."
    ),
    "uplift.forced_labour": "{good} from {country} is known to be made with forced labour.",
    "uplift.child_labour": "{good} from {country} is known to be made with child labour.",
    "uplift.conflict_area": (
        "The goods may hold conflict minerals, and {country} or a part of it is a "
        "conflict-affected or high-risk area."
    ),
    "uplift.origin_untold": "The origin was not told, so the worst known origin counts.",
    "inherent.limit": "No score goes above 100.",
    "topic.credit": "{topic}: the answers show {effectiveness:.0f} % of what is asked.",
    "topic.public": (
        "{topic}: public documents show {effectiveness:.0f} % of what is asked; the supplier has not "
        "said so itself."
    ),
    "cap.weakest_topic": (
        "{topic} is the weakest topic that matters here; it limits the credit to {limit:.0f} %."
    ),
    "state.not_invited": "The supplier has not been asked yet, so nothing is deducted.",
    "state.open": "The supplier has not answered yet, so nothing is deducted.",
    "state.public": (
        "The supplier has not answered itself. Public documents alone do not make the score low."
    ),
    "state.expired": "No answer is recent enough to count, so nothing is deducted.",
    "state.overdue": "The supplier has not answered, the last reminder included.",
    "state.declined": "The supplier declined to answer.",
    "flag.floor": "Red flag “{flag}”: the score is at least {floor:.0f}.",
}


class Line(NamedTuple):
    """One line: a machine `code`, its sentence, signed points, where it comes from.

    `params` are the values in the sentence, for translation by code; `questions` are the ids of
    the questions behind the line.
    """

    code: str
    text: str
    points: float
    source: str
    params: Params
    questions: tuple[str, ...]

    def to_data(self) -> JsonObject:
        """Return the line as JSON data, to be stored with a rating."""
        return {
            "code": self.code,
            "text": self.text,
            "points": self.points,
            "source": self.source,
            "params": dict(self.params),
            "questions": list(self.questions),
        }


class ExplanationError(ValueError):
    """The points of an explanation are not the score."""


def figure(score: float) -> float:
    """Return `score` to the hundredth, halves upwards; noise of the arithmetic is ignored."""
    return floor(round(score * 100, 6) + 0.5) / 100


class Ledger:
    """Collects lines in order; rounding is spread so that the points end exactly at the score."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._sum = self._shown = 0.0

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines so far."""
        return tuple(self._lines)

    def add(
        self,
        code: str,
        points: float,
        source: str,
        params: Params | None = None,
        questions: tuple[str, ...] = (),
    ) -> None:
        """Add a line; `points` is unrounded."""
        self._sum += points
        before, self._shown = self._shown, figure(self._sum)
        params = params or {}
        self._lines.append(
            Line(
                code=code,
                text=TEMPLATES[code].format(**params),
                points=figure(self._shown - before),
                source=source,
                params=params,
                questions=questions,
            )
        )


def check_sum(lines: Iterable[Line], score: float) -> None:
    """Raise `ExplanationError` unless the points of `lines` are exactly `score`, in hundredths."""
    total = sum(round(line.points * 100) for line in lines)
    if total != round(score * 100):
        raise ExplanationError(
            f"The explanation gives {total / 100:.2f}, the score is {score:.2f}."
        )
