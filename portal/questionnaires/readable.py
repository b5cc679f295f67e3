"""An answer in words, from the labels of a (translated) question."""

from collections.abc import Callable, Mapping

from portal.questionnaires.answers import UNKNOWN, MatrixRow, Value
from portal.questionnaires.schema import Column, Question

CountryName = Callable[[str], str]
Labels = Mapping[str, str]
"""The words for `yes`, `no`, `na` and `unknown`."""


def readable(
    question: Question, value: Value | None, country_name: CountryName, labels: Labels
) -> list[str]:
    """Return the answer in words: a line per choice, country or row; no line when unanswered."""
    if value is None or value in ("", []):
        return []
    if value == UNKNOWN and question.allow_unknown:
        return [labels[UNKNOWN]]
    if isinstance(value, list):
        return [_entry(question, entry, country_name, labels) for entry in value]
    return [_plain(question, value, labels)]


def _plain(question: Question, value: str | int | float, labels: Labels) -> str:
    match question.type:
        case "percent":
            return f"{_number(value)} %"
        case "number":
            return f"{_number(value)} {question.unit}".strip()
        case "text" | "date" | "file":
            return str(value)
        case _:
            return _choice(question, str(value), labels)


def _entry(
    question: Question, entry: str | MatrixRow, country_name: CountryName, labels: Labels
) -> str:
    if isinstance(entry, dict):
        return _row(question, entry, country_name)
    if question.type == "country_list":
        return country_name(entry)
    return _choice(question, entry, labels)


def _choice(question: Question, chosen: str, labels: Labels) -> str:
    option = question.option(chosen)
    return option.label if option else labels.get(chosen, chosen)


def _row(question: Question, row: MatrixRow, country_name: CountryName) -> str:
    cells = [
        f"{column.label}: {_cell(column, row[column.id], country_name)}"
        for column in question.columns
        if column.id in row
    ]
    name = next((fixed.label for fixed in question.fixed_rows if fixed.id == row["id"]), "")
    return f"{name} – {'; '.join(cells)}" if name else "; ".join(cells)


def _cell(column: Column, value: str | int | float, country_name: CountryName) -> str:
    match column.type:
        case "country":
            return country_name(str(value))
        case "percent":
            return f"{_number(value)} %"
        case "single":
            labels = {option.id: option.label for option in column.options}
            return labels.get(str(value), str(value))
    return _number(value)


def _number(value: str | int | float) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
