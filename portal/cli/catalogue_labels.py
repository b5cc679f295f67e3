"""The answers of one question must be told apart in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from babel.messages import Catalog

from portal.questionnaires.loader import load_library


def alike(known: Catalog) -> Iterator[str]:
    """Yield the English labels whose translation another answer of the same question has too."""
    for context, labels in _labels():
        named = {label: _translated(known, context, label) for label in labels}
        count = Counter(name for name in named.values() if name)
        yield from (label for label, name in named.items() if count[name] > 1)


def _translated(known: Catalog, context: str, label: str) -> str:
    found = known.get(label, context)
    return str(found.string).casefold().strip() if found and found.string else ""


@cache
def _labels() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return (question, labels one beside the other): options, rows, columns, options of a column."""
    found = []
    for questionnaire in load_library():
        for section in questionnaire.sections:
            for question in section.questions:
                beside = [question.options, question.rows, question.columns]
                beside += [column.options for column in question.columns]
                found += [
                    (
                        question.id,
                        frozenset(each.label for each in group if not isinstance(each, str)),
                    )
                    for group in beside
                ]
    return tuple(group for group in found if len(group[1]) > 1)
