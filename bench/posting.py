"""Answers as the form that a browser posts: the opposite of `portal.questionnaires.values`.

The revisions of answers are not in it: they are what the page says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.multipart import empty_file, part
from portal.questionnaires.answers import Value, comment_id
from portal.questionnaires.schema import Question, Section

Field = tuple[str, str]


def section_form(section: Section, answers: Mapping[str, Value]) -> dict[str, bytes]:
    """Return the parts of a section's form by question id; a file that nobody chose is one of them."""
    return {question.id: b"".join(_parts(question, answers)) for question in section.questions}


def _parts(question: Question, answers: Mapping[str, Value]) -> Iterator[bytes]:
    yield from (part(*field) for field in _fields(question, answers))
    if question.takes_file:
        yield empty_file(f"{question.id}.file")


def _fields(question: Question, answers: Mapping[str, Value]) -> Iterator[Field]:
    """Yield what a browser posts about `question`: the answer and the comment."""
    value, comment = answers.get(question.id), comment_id(question.id)
    if value is not None and question.type != "file":
        yield from _answer(question.id, value)
    yield comment, str(answers.get(comment, ""))


def _answer(name: str, value: Value) -> Iterator[Field]:
    if not isinstance(value, list):
        yield name, str(value)
        return
    for entry in value:
        if isinstance(entry, str):
            yield name, entry
        else:
            cells = {column: cell for column, cell in entry.items() if column != "id"}
            yield from ((f"{name}.{entry['id']}.{c}", str(cell)) for c, cell in cells.items())
