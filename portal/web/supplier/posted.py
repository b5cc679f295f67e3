"""A posted section: what was written, read into values, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Request
from werkzeug.datastructures import FileStorage

from portal.declarations.drafts import Change
from portal.questionnaires.problems import Problem
from portal.questionnaires.schema import Question
from portal.questionnaires.values import Reading, read_answer, read_comment


@dataclass(frozen=True)
class Posted:
    """The fields of a posted form by name, and its files by question id (in a table: `id.row.column`)."""

    fields: Mapping[str, list[str]]
    files: Mapping[str, list[FileStorage]] = field(default_factory=dict)

    def has(self, question: Question) -> bool:
        """Return whether anything about `question` was posted."""
        owners = {name.split(".", 1)[0] for name in self.fields}
        return question.id in owners | {name.split(".", 1)[0] for name in self.files}

    def one(self, name: str) -> str | None:
        """Return the last value posted under `name`, or None."""
        given = self.fields.get(name)
        return given[-1] if given else None

    def without_row(self, named: str) -> Posted:
        """Return the form without the matrix row `question.row`."""
        kept = {n: v for n, v in self.fields.items() if not n.startswith(f"{named}.")}
        return Posted(kept, self.files)

    def lines(self, question: Question) -> int:
        """Return how many lines of a growing table or list were on the page, blank ones too."""
        if question.type == "country_list":
            return len(self.fields.get(question.id, ()))
        parts = (name.split(".") for name in self.fields)
        return len(
            {
                part[1]
                for part in parts
                if part[0] == question.id and part[1:2] and part[1].isdigit()
            }
        )

    def rows(self, question: Question) -> list[str]:
        """Return the numbers of the lines of a growing table in which something stands, in order."""
        columns = {column.id for column in question.columns}
        found = set()
        for name, given in self.fields.items():
            owner, _, cell = name.partition(".")
            number, _, column = cell.partition(".")
            if owner == question.id and column in columns and number.isdigit() and any(given):
                found.add(number)
        return sorted(found, key=int)


@dataclass(frozen=True)
class Written:
    """What was written about the questions of a section: changes to keep, and problems by question."""

    changes: dict[str, Change]
    problems: dict[str, list[Problem]]
    choices: dict[str, str]


def most_lines(question: Question) -> int:
    """Return how many lines a growing table or list may have on its page."""
    return 60 if question.type == "country_list" else question.max_rows or 50


def posted_form(request: Request) -> Posted:
    """Return the form that `request` brought; a file belongs to the question that its field names."""
    fields = {name: request.form.getlist(name) for name in request.form}
    files: dict[str, list[FileStorage]] = {}
    for name, storage in request.files.items(multi=True):
        if storage.filename:
            owner, _, cell = name.partition(".")
            files.setdefault(name if "." in cell else owner, []).append(storage)
    posted = Posted(fields, files)
    removed = posted.one("remove_row")
    return posted.without_row(removed) if removed else posted


def read_section(
    questions: Iterable[Question], posted: Posted, stored: Mapping[str, Any], today: date | None
) -> Written:
    """Return what was written about `questions`; only those that the form names are touched.

    A value that cannot be used changes nothing: what was stored stays beside the problem.
    """
    written = Written({}, {}, {})
    for question in questions:
        if not posted.has(question):
            continue
        answer = read_answer(question, posted.fields, today)
        comment = read_comment(question, posted.fields)
        written.changes[question.id] = _change(question, posted, answer, comment, stored)
        if problems := [*answer.problems, *comment.problems]:
            written.problems[question.id] = problems
        if choice := posted.one(f"{question.id}.choice"):
            written.choices[question.id] = choice
    return written


def _change(
    question: Question,
    posted: Posted,
    answer: Reading,
    comment: Reading,
    stored: Mapping[str, Any],
) -> Change:
    unusable = answer.value is None and answer.problems
    # Files are the answer to a file question; they come and go on their own.
    keep = unusable or question.type == "file"
    value = stored.get(question.id) if keep else answer.value
    name = f"{question.id}.comment"
    said = stored.get(name, "") if comment.problems or name not in posted.fields else comment.value
    seen = posted.one(f"{question.id}.revision")
    return Change(value, str(said or ""), int(seen) if seen and seen.isdecimal() else None)


def with_files(question: Question, value: Any, names: Mapping[str, str]) -> Any:
    """Return the rows of a table with the names of the files in its cells; no row is left empty.

    `names` are the names of files by `question.row.column`.
    """
    if isinstance(value, str):
        return value  # "not known", of the whole table
    given = {row["id"]: row for row in value or ()}
    columns = [column.id for column in question.columns if column.type == "file"]
    rows = []
    for fixed in question.fixed_rows:
        row = {name: cell for name, cell in given.get(fixed.id, {}).items() if name not in columns}
        row["id"] = fixed.id
        for column in columns:
            if name := names.get(f"{question.id}.{fixed.id}.{column}"):
                row[column] = name
        if len(row) > 1:
            rows.append(row)
    return rows or None


def typed(question: Question, posted: Posted) -> Any:
    """Return the answer as it was typed, right or wrong, for showing it again."""
    given = [text for text in posted.fields.get(question.id, ()) if text.strip()]
    if question.type == "matrix" and "unknown" not in given:
        rows = posted.rows(question) if question.dynamic else [r.id for r in question.fixed_rows]
        return [_typed_row(question, posted, number) for number in rows]
    if question.type in ("multi", "country_list") and given != ["unknown"]:
        return given
    return given[-1] if given else None


def _typed_row(question: Question, posted: Posted, row: str) -> dict[str, str]:
    cells = {c.id: posted.one(f"{question.id}.{row}.{c.id}") or "" for c in question.columns}
    return {"id": row, **cells}
