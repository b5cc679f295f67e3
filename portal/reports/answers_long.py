"""Export `answers`, long: one row per question answered, or per cell of a matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.campaigns.freezing import thawed
from portal.campaigns.models import FrozenQuestionnaire
from portal.questionnaires.answer_sets import About
from portal.questionnaires.answers import UNKNOWN
from portal.questionnaires.schema import Question, Questionnaire
from portal.reports import cells
from portal.reports.export import Cell, Column, Export, Row, Subject, Wanted, joined
from portal.reports.signed import Given, Signed, frozen_by_hash, given, signed

COLUMNS = (
    Column("declaration_id", "uuid"),
    Column(
        "question_id", "id", "in a matrix: question.row.column, rows from 0 where they were added"
    ),
    Column("question_text_shown", "text", "in the language shown"),
    Column("language", "bcp47"),
    Column("answer_value", "text", "option ids, not labels; numbers and dates as they are"),
    Column("answer_label_en", "text", "the answer in English words"),
    Column("comment_original", "text"),
    Column("visible", "bool", "always true: what was not shown is not part of a declaration"),
    Column("unknown", "bool", "answered with 'not known'"),
    Column("evidence_count", "int", "files given with the answer"),
    Column("areas", "list"),
    Column("supplier_id", "id", "the number in the page's address"),
    Column("supplier_key", "text", "the buyer's own key"),
    Column("supplier_name", "text"),
    Column("supplier_country", "iso3166"),
    Column("criticality", "A|B|C", "empty until judged"),
    Column("questionnaire_id", "id"),
    Column("questionnaire_version", "semver"),
    Column("section_id", "id"),
    Column("campaign_id", "id"),
    Column("campaign_title", "text"),
    Column("invitation_id", "id", "names it in mails; opens nothing"),
    Column("signed_at", "datetime"),
    Column("superseded", "bool", "a later declaration corrects this one"),
    Column(
        "about_key", "text", "the buyer's key of the agreement or material; empty: the supplier"
    ),
)

Before = tuple[Cell, ...]
Answered = Iterator[tuple[str, str, Cell, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question prepared once per version and language: everything that does not depend on answers."""

    id: str
    text: str
    areas: str
    after: Before
    answered: Callable[[Any], Answered]


def answers_long(session: Session, wanted: Wanted) -> Export:
    """Return the export; questions that ask about a person only when personal data is wanted."""
    return Export(Subject.ANSWERS, COLUMNS, _rows(session, wanted))


def _rows(session: Session, wanted: Wanted) -> Iterator[Row]:
    frozen = frozen_by_hash(session, wanted)
    prepared: dict[tuple[str, str], list[Asked]] = {}
    for declaration in signed(session, wanted):
        content = given(declaration.document)
        for sha256, about in content.sets:
            questions = prepared.get((sha256, declaration.locale))
            if questions is None:
                questions = _prepare(frozen[sha256], declaration.locale, wanted)
                prepared[sha256, declaration.locale] = questions
            yield from _of_questionnaire(declaration, content.of(about), about, questions)


def _of_questionnaire(
    declaration: Signed, content: Given, about: About | None, questions: list[Asked]
) -> Iterator[Row]:
    answers, comments, files = content.answers, content.comments, content.files
    who, key = declaration[1:6], about.key if about else None
    last = (*declaration[6:9], declaration.signed_at, declaration.superseded, key)
    public_id, locale = declaration.declaration_id, declaration.locale
    for asked in questions:
        names = files.get(asked.id)
        value = answers.get(asked.id, names)
        comment = comments.get(asked.id)
        if value is None and comment is None:
            continue
        evidence = len(names) if names else 0
        for name, text, code, words in asked.answered(value):
            yield (
                public_id,
                name,
                text,
                locale,
                code,
                words,
                comment,
                True,
                code == UNKNOWN,
                evidence,
                asked.areas,
                *who,
                *asked.after,
                *last,
            )


def _prepare(frozen: FrozenQuestionnaire, locale: str, wanted: Wanted) -> list[Asked]:
    shown, english = thawed(frozen, locale), thawed(frozen, "en")
    return [
        _asked(question, in_english, shown, section.id)
        for section, its_english in zip(shown.sections, english.sections, strict=True)
        for question, in_english in zip(section.questions, its_english.questions, strict=True)
        if wanted.personal_data or not question.pii
    ]


def _asked(question: Question, english: Question, owner: Questionnaire, section: str) -> Asked:
    answered = (
        _matrix(question, english) if question.type == "matrix" else _plain(question, english)
    )
    after = (owner.id, owner.version, section)
    return Asked(question.id, question.text, joined(question.areas), after, answered)


def _plain(question: Question, english: Question) -> Callable[[Any], Answered]:
    name, text = question.id, question.text
    code, words = cells.code_of(question), cells.words_of(english)

    def answered(value: Any) -> Answered:
        if value is None:  # only a comment was given
            yield name, text, None, ""
        else:
            yield name, text, code(value), words(value)

    return answered


def _matrix(question: Question, english: Question) -> Callable[[Any], Answered]:
    words = {column.id: cells.cell_words(column) for column in english.columns}
    rows = {row.id: f"{question.text} – {row.label}" for row in question.fixed_rows}
    plain = _plain(question, english)

    def answered(value: Any) -> Answered:
        if not isinstance(value, list):
            yield from plain(value)
            return
        for row in value:
            row_id = row["id"]
            text = rows.get(row_id, question.text)
            for column in question.columns:
                if (cell := row.get(column.id)) is not None:
                    name = f"{question.id}.{row_id}.{column.id}"
                    yield name, f"{text} – {column.label}", cell, words[column.id](cell)

    return answered
