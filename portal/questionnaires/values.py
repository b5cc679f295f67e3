"""What a form posts -> typed values that can be kept as JSON. A wrong value never raises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.questionnaires.answers import UNKNOWN, MatrixRow, Value, comment_id
from portal.questionnaires.plainvalues import read_country, read_date, read_number, read_text
from portal.questionnaires.problems import Problem
from portal.questionnaires.schema import Column, Question

Posted = Mapping[str, Sequence[str]]
"""Field name -> every value posted under it."""
DEFAULT_MAX_ROWS = 500


@dataclass(frozen=True)
class Reading:
    """What could be read: a value (None for a blank or useless one) and what is wrong.

    A matrix keeps the cells that are right beside the problems of those that are not.
    """

    value: Value | None = None
    problems: tuple[Problem, ...] = ()


def read_answer(question: Question, posted: Posted, today: date | None = None) -> Reading:
    """Return the answer to `question` in what was posted.

    Names: the question's id; `id.row.column` in a matrix, where dynamic rows are numbered from 0.
    Files are not read here. `today` is needed where a date must not lie in the future.
    """
    given = [text for text in posted.get(question.id, ()) if text.strip()]
    if question.allow_unknown and UNKNOWN in given:
        return _read_unknown(question, posted, given)
    if question.type == "matrix":
        return _read_matrix(question, posted)
    if not given or question.type == "file":
        return Reading()
    if question.type == "multi":
        return _read_multi(question, given)
    if question.type == "country_list":
        return _read_countries(question, given)
    return _reading(_read_one(question, given[-1], today))


def read_comment(question: Question, posted: Posted) -> Reading:
    """Return the comment on `question`, posted as `id.comment`."""
    name = comment_id(question.id)
    given = posted.get(name, ())
    return _reading(read_text(name, given[-1]) or None) if given else Reading()


def _read_unknown(question: Question, posted: Posted, given: Sequence[str]) -> Reading:
    """Return "not known", which does not go together with any other answer."""
    if set(given) == {UNKNOWN} and not _posted_rows(question, posted):
        return Reading(UNKNOWN)
    return Reading(None, (Problem(question.id, "exclusive_with_others", {"option": UNKNOWN}),))


def _reading(result: Value | Problem | None) -> Reading:
    return Reading(None, (result,)) if isinstance(result, Problem) else Reading(result)


def _read_one(question: Question, text: str, today: date | None) -> Value | Problem | None:
    name = question.id
    match question.type:
        case "number":
            return read_number(name, text, question.min, question.max)
        case "percent":
            return _read_percent(name, text)
        case "date":
            return read_date(name, text, not_future=question.not_future, today=today)
        case "text":
            return read_text(name, text, question.format) or None
        case _:
            return _read_choice(name, text, question.choices())


def _read_percent(name: str, text: str) -> int | float | Problem:
    return read_number(name, text.strip().removesuffix("%"), 0, 100, grouped=False)


def _read_choice(name: str, text: str, choices: Sequence[str]) -> str | Problem:
    return text if text in choices else Problem(name, "unknown_option", {"option": text[:80]})


def _read_multi(question: Question, given: Sequence[str]) -> Reading:
    choices = question.choices()
    if wrong := [text for text in given if text not in choices]:
        return Reading(None, (Problem(question.id, "unknown_option", {"option": wrong[0][:80]}),))
    chosen = [choice for choice in choices if choice in given]
    alone = [option.id for option in question.options if option.exclusive and option.id in chosen]
    if alone and len(chosen) > 1:
        problem = Problem(question.id, "exclusive_with_others", {"option": alone[0]})
        return Reading(None, (problem,))
    return Reading(chosen or None)


def _read_countries(question: Question, given: Sequence[str]) -> Reading:
    read = [read_country(question.id, text) for text in given]
    codes = [code for code in read if isinstance(code, str)]
    problems = tuple(problem for problem in read if isinstance(problem, Problem))
    return Reading(list(dict.fromkeys(codes)) or None, problems)


def _read_matrix(question: Question, posted: Posted) -> Reading:
    row_ids = [row.id for row in question.fixed_rows] or _posted_rows(question, posted)
    limit = question.max_rows or DEFAULT_MAX_ROWS
    if question.dynamic and len(row_ids) > limit:
        return Reading(None, (Problem(question.id, "too_many_rows", {"max": limit}),))
    rows: list[MatrixRow] = []
    problems: list[Problem] = []
    for number, row_id in enumerate(row_ids):
        # Blank rows are left out, so what is kept, shown again and complained of counts anew.
        row: MatrixRow = {"id": str(number) if question.dynamic else row_id}
        for column in question.columns:
            text = _posted_cell(posted, f"{question.id}.{row_id}.{column.id}")
            if text is None:
                continue
            cell = _read_cell(f"{question.id}.{row['id']}.{column.id}", column, text)
            if isinstance(cell, Problem):
                problems.append(cell)
            elif cell is not None:
                row[column.id] = cell
        if question.dynamic or len(row) > 1:
            rows.append(row)
    return Reading(rows or None, tuple(problems))


def _posted_rows(question: Question, posted: Posted) -> list[str]:
    """Return the numbers of the rows in which something is filled in, in order."""
    columns = {column.id for column in question.columns}
    numbers = set()
    for name in posted:
        owner, _, cell = name.partition(".")
        number, _, column = cell.partition(".")
        named = owner == question.id and column in columns and _is_number(number)
        if named and _posted_cell(posted, name) is not None:
            numbers.add(number)
    return sorted(numbers, key=int)


def _posted_cell(posted: Posted, name: str) -> str | None:
    return next((text for text in reversed(posted.get(name, ())) if text.strip()), None)


def _is_number(text: str) -> bool:
    return len(text) <= 6 and text.isascii() and text.isdigit()


def _read_cell(name: str, column: Column, text: str) -> str | int | float | Problem | None:
    result: str | int | float | Problem | None = None
    match column.type:
        case "number":
            result = read_number(name, text, column.min, column.max)
        case "percent":
            result = _read_percent(name, text)
        case "date":
            result = read_date(name, text)
        case "country":
            result = read_country(name, text)
        case "single":
            result = _read_choice(name, text, [option.id for option in column.options])
        case "text":
            result = read_text(name, text) or None
    return result
