"""Answers as the form that a browser posts: the opposite of `portal.questionnaires.values`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.multipart import empty_file, part
from portal.questionnaires.answers import Value, comment_id
from portal.questionnaires.schema import Question, Section

Field = tuple[str, str]


def fields_of(question: Question, answers: Mapping[str, Value]) -> Iterator[Field]:
    """Yield what a browser posts about `question`: that no answer was seen, the answer, the comment."""
    yield f"{question.id}.revision", "0"
    value, comment = answers.get(question.id), comment_id(question.id)
    if value is not None and question.type != "file":
        yield from _answer(question.id, value)
    yield comment, str(answers.get(comment, ""))


def section_form(section: Section, answers: Mapping[str, Value]) -> bytes:
    """Return the parts of a section's form: hidden questions and files that nobody chose included."""
    parts = []
    for question in section.questions:
        parts += [part(*field) for field in fields_of(question, answers)]
        if question.takes_file:
            parts.append(empty_file(f"{question.id}.file"))
    return b"".join(parts)


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
