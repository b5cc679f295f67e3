"""Sentences that remember what they were made of, so that the edge can say them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Worded(str):
    """An English sentence; `template` with its named placeholders, and `values` that fill them."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Self:
        """Return the sentence in English."""
        made = super().__new__(cls, template % values)
        made.template, made.values = template, values
        return made


def worded(template: str, /, **values: object) -> Worded:
    """Return a sentence; text extraction finds `template` by this function's name."""
    return Worded(template, values)


def within(keys: str, sentence: str) -> str:
    """Return `sentence` after the keys it is about, where there are any."""
    return worded("%(keys)s: %(why)s", keys=keys, why=sentence) if keys else sentence
