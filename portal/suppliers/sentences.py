"""Sentences about a file or a field, which the edge can say in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Sentence:
    """An English text with named placeholders and what goes into them; as a string, both together.

    The edge translates `template` and fills in `values`. A sentence about a field of a row begins
    with a small letter, since "Row 14:" stands before it.
    """

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template % self.values


def sentence(template: str, /, **values: object) -> Sentence:
    """Return a sentence; text extraction finds `template` by this function's name."""
    return Sentence(template, values)


def quoted(text: str) -> str:
    """Return `text` short enough to stand in a sentence."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


class Refused(Exception):
    """Something cannot be taken as it is; `sentence` says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
