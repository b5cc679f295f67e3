"""Export `answers`, wide: a row per declaration (and agreement or material), a column per question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from portal.campaigns.freezing import thawed
from portal.campaigns.models import FrozenQuestionnaire
from portal.questionnaires.answer_sets import About
from portal.questionnaires.schema import Question, Questionnaire
from portal.reports import cells
from portal.reports.export import Cell, Column, Export, Row, Subject, Wanted, joined
from portal.reports.signed import Given, frozen_by_hash, given, signed

FIXED = (
    Column("declaration_id", "uuid"),
    Column("supplier_id", "id", "the number in the page's address"),
    Column("supplier_key", "text", "the buyer's own key"),
    Column("supplier_name", "text"),
    Column("supplier_country", "iso3166"),
    Column("criticality", "A|B|C", "empty until judged"),
    Column("campaign_id", "id"),
    Column("campaign_title", "text"),
    Column("invitation_id", "id", "names it in mails; opens nothing"),
    Column("language", "bcp47", "of the questions as shown"),
    Column("signed_at", "datetime"),
    Column("superseded", "bool", "a later declaration corrects this one"),
    Column(
        "about_key", "text", "the buyer's key of the agreement or material; empty: the supplier"
    ),
)

Put = Callable[[list[Cell], Given], None]
"""Writes what was given into the cells of one question."""


def answers_wide(session: Session, wanted: Wanted) -> Export:
    """Return the export. Its columns come from the frozen questionnaires, never from the answers.

    A question asked in several versions has one column: that of its id.
    """
    frozen = frozen_by_hash(session, wanted)
    columns = {column.name: column for column in FIXED}
    for each in frozen.values():
        for question in _questions(thawed(each, "en"), wanted):
            for column in _columns(question):
                columns.setdefault(column.name, column)
    places = {name: number for number, name in enumerate(columns)}
    rows = _rows(session, wanted, frozen, places)
    return Export(Subject.ANSWERS, tuple(columns.values()), rows)


def _questions(questionnaire: Questionnaire, wanted: Wanted) -> list[Question]:
    return [each for each in questionnaire.questions() if wanted.personal_data or not each.pii]


def _rows(
    session: Session,
    wanted: Wanted,
    frozen: dict[str, FrozenQuestionnaire],
    places: dict[str, int],
) -> Iterator[Row]:
    prepared: dict[str, list[Put]] = {}
    nothing: list[Cell] = [None] * (len(places) - len(FIXED))
    for declaration in signed(session, wanted):
        content = given(declaration.document)
        rows: dict[About | None, list[Cell]] = {}
        for sha256, about in content.sets:
            key = about.key if about else None
            row = rows.setdefault(about, [*declaration[:-1], key, *nothing])
            puts = prepared.get(sha256)
            if puts is None:
                questions = _questions(thawed(frozen[sha256], "en"), wanted)
                puts = prepared[sha256] = [_put(question, places) for question in questions]
            own = content.of(about)
            for put in puts:
                put(row, own)
        yield from rows.values()


def _columns(question: Question) -> Iterator[Column]:
    """Yield the columns of one question: answer or cells, files, comment."""
    areas = f" (areas: {joined(question.areas)})" if question.areas else ""
    if question.fixed_rows:
        for row_id, label, column in cells.fixed_cells(question):
            note = f"{question.text} – {label} – {column.label}"
            yield Column(f"{question.id}.{row_id}.{column.id}", column.type, note, question.pii)
    else:
        kind = "list" if question.dynamic else _kind(question)
        yield Column(question.id, kind, f"{question.text}{areas}", question.pii)
    if question.takes_file and question.type != "file":
        yield Column(f"{question.id}.files", "list", "names of the files given", question.pii)
    yield Column(f"{question.id}.comment", "text", "comment of the supplier", question.pii)


def _kind(question: Question) -> str:
    if question.type in ("single", "yes_no", "yes_no_na"):
        return "|".join(question.choices())
    return {"multi": "list", "country_list": "list", "file": "list"}.get(
        question.type, question.type
    )


def _put(question: Question, places: dict[str, int]) -> Put:
    name = question.id
    put_answer = _put_cells(question, places) if question.fixed_rows else _put_one(question, places)
    comment = places[f"{name}.comment"]
    files = places.get(f"{name}.files")

    def put(row: list[Cell], content: Given) -> None:
        value = content.answers.get(name)
        if value is not None:
            put_answer(row, value)
        if name in content.comments:
            row[comment] = content.comments[name]
        if name in content.files:
            if files is None:
                put_answer(row, content.files[name])
            else:
                row[files] = joined(content.files[name])

    return put


def _put_one(question: Question, places: dict[str, int]) -> Callable[[list[Cell], Any], None]:
    place, code = places[question.id], cells.code_of(question)

    def put(row: list[Cell], value: Any) -> None:
        rows_added = question.dynamic and isinstance(value, list)
        row[place] = cells.lines(question, value) if rows_added else code(value)

    return put


def _put_cells(question: Question, places: dict[str, int]) -> Callable[[list[Cell], Any], None]:
    name = question.id

    def put(row: list[Cell], value: Any) -> None:
        if not isinstance(value, list):  # "not known", of the whole table
            value = [{"id": r.id, **dict.fromkeys(columns, value)} for r in question.fixed_rows]
        for line in value:
            for column, cell in line.items():
                if column != "id":
                    row[places[f"{name}.{line['id']}.{column}"]] = cell

    columns = [column.id for column in question.columns]
    return put
