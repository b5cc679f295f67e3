"""An answer as cells: ids for programs, English words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from portal.questionnaires.answers import UNKNOWN
from portal.questionnaires.readable import readable
from portal.questionnaires.schema import Column, Question
from portal.reports.export import BETWEEN, Cell
from portal.suppliers.countries import country_name

# The words of an export are English, like its column names.
WORDS = {"yes": "Yes", "no": "No", "na": "Not applicable", UNKNOWN: "Not known"}

ToCell = Callable[[Any], Cell]
ToWords = Callable[[Any], str]


@cache
def _english(code: str) -> str:
    return country_name(code, "en")


def code_of(question: Question) -> ToCell:
    """Return what turns an answer (not of a matrix) into its cell: ids, numbers, texts."""
    return _list if question.type in ("multi", "country_list", "file") else _as_it_is


def words_of(question: Question) -> ToWords:
    """Return what turns an answer into English words; `question` is the English one."""
    if question.type in ("text", "date", "number", "percent", "file"):
        return partial(_words, question)
    single = {choice: _label(question, choice) for choice in question.choices()}

    def chosen(value: Any) -> str:
        if value.__class__ is str:
            return single.get(value, value)
        return _words(question, value)

    return chosen


def cell_words(column: Column) -> ToWords:
    """Return what turns a cell of a matrix into English words."""
    if column.type == "single":
        labels: dict[object, str] = {option.id: option.label for option in column.options}
        return lambda value: labels.get(value, str(value))
    return _english if column.type == "country" else str


def lines(question: Question, rows: list[dict[str, Any]]) -> str:
    """Return the rows a supplier added to a matrix as one cell: `column=value; column=value | …`."""
    return BETWEEN.join(_line(question, row) for row in rows)


def _line(question: Question, row: dict[str, Any]) -> str:
    return "; ".join(f"{c.id}={row[c.id]}" for c in question.columns if c.id in row)


def fixed_cells(question: Question) -> Iterator[tuple[str, str, Column]]:
    """Yield row id, the row's label and the column for each cell of a matrix with rows of its own."""
    for row in question.fixed_rows:
        for column in question.columns:
            yield row.id, row.label, column


def _as_it_is(value: Any) -> Cell:
    return value  # type: ignore[no-any-return]  # JSON out of a sealed document


def _list(value: Any) -> Cell:
    return BETWEEN.join(value) if isinstance(value, list) else value


def _words(question: Question, value: Any) -> str:
    return BETWEEN.join(readable(question, value, _english, WORDS))


def _label(question: Question, choice: str) -> str:
    option = question.option(choice)
    return option.label if option else WORDS[choice]
