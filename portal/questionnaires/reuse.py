"""Answers given before, as far as they answer today's question: proposals, never answers."""

from portal.questionnaires.answers import UNKNOWN, MatrixRow, Value
from portal.questionnaires.schema import Column, Question


def reusable(question: Question, value: Value) -> Value | None:
    """Return what of an earlier answer can be proposed for `question`; None for nothing.

    Options, rows and columns that are no longer there are left out, and so are the names of files: a
    file is carried on only when its row is confirmed. That something is not known is asked each time.
    """
    if not question.reuse or value == UNKNOWN:
        return None
    match question.type:
        case "matrix":
            return _rows(question, value)
        case "multi":
            return _chosen(question, value)
        case "country_list":
            return value if isinstance(value, list) and value else None
        case "number" | "percent":
            return value if _fits(question, value) else None
    choices = question.choices()
    return value if isinstance(value, str) and (not choices or value in choices) else None


def _chosen(question: Question, value: Value) -> list[str] | None:
    """Return the choices, unless one is gone: what is left could say something else."""
    chosen = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
    return chosen if chosen and set(chosen) <= set(question.choices()) else None


def _fits(limits: Question | Column, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low, high = limits.min, limits.max
    return (low is None or value >= low) and (high is None or value <= high)


def _rows(question: Question, value: Value) -> list[MatrixRow] | None:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    known = {row.id for row in question.fixed_rows}
    kept = [_row(question, row) for row in rows if question.dynamic or row.get("id") in known]
    return [row for row in kept if len(row) > 1] or None


def _row(question: Question, row: MatrixRow) -> MatrixRow:
    cells = {
        column.id: row[column.id]
        for column in question.columns
        if column.id in row and _cell_fits(column, row[column.id])
    }
    return {"id": row["id"], **cells}


def _cell_fits(column: Column, value: object) -> bool:
    match column.type:
        case "file":
            return False
        case "number" | "percent":
            return _fits(column, value)
        case "single":
            return value in {option.id for option in column.options}
    return isinstance(value, str)
