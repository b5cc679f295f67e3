"""What an answer may be, and what else is known while one is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Scalar = bool | int | float | str
MatrixRow = dict[str, str | int | float]
Value = str | int | float | list[str] | list[MatrixRow]
"""An option's id, a text or an ISO date · a number · options or ISO country codes · matrix rows.

A row of a matrix is `{"id": row id, column id: cell}`; a file question's value is the list of its
files' names; "not known" is the word `unknown` whatever the type.
"""
Answers = Mapping[str, Value]
"""Answers by question id; the comment on a question stands under `<question id>.comment`."""

Band = Literal["low", "medium", "high", "very_high"]
BANDS: tuple[Band, ...] = ("low", "medium", "high", "very_high")

UNKNOWN = "unknown"
EMPTY: tuple[None, str, list[str]] = (None, "", [])


@dataclass(frozen=True)
class Context:
    """What the portal knows beside the answers.

    `values` holds what conditions call `ctx`, such as `supplier.inherent_risk` (a band) or
    `agreement.min_hourly_rate` (a number). With `reporting`, questions beyond the EU voluntary
    standard are extra. `country_bands` gives a band per ISO country code.
    """

    short_form: bool = False
    values: Mapping[str, Scalar] = field(default_factory=lambda: MappingProxyType({}))
    country_bands: Mapping[str, Band] = field(default_factory=lambda: MappingProxyType({}))
    today: date | None = None
    reporting: bool = False

    @property
    def extended(self) -> bool:
        """Whether questions of the tier `extended` are asked."""
        return self.values.get("supplier.inherent_risk") in {"high", "very_high"}


def comment_id(question_id: str) -> str:
    """Return the id under which the comment on a question is posted and kept."""
    return f"{question_id}.comment"
