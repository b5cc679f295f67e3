"""Findings in the reader's language, and what their codes are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import flask_babel
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.followup.action_models import CorrectiveAction
from portal.i18n import question_translator
from portal.questionnaires.answer_sets import about_of, abouts
from portal.questionnaires.readable import readable
from portal.questionnaires.schema import Question
from portal.ratings.declared import Declared, read, scoring
from portal.ratings.models import Finding
from portal.ratings.wording import Words
from portal.suppliers.countries import country_name
from portal.web.finding_texts import texts

SEVERITIES = {
    "critical": lazy_gettext("Critical"),
    "high": lazy_gettext("High"),
    "medium": lazy_gettext("Medium"),
    "low": lazy_gettext("Low"),
    "info": lazy_gettext("For information"),
}


@dataclass(frozen=True)
class ToldFinding:
    """A finding with its words in the reader's language.

    `answers` holds each question behind it with its answer in words, a line each: several where
    answers may not fit together, none where it is about the declaration as a whole.
    """

    row: Finding
    text: str
    measure: str
    severity: str
    areas: list[str]
    answers: list[tuple[str, list[str]]]


def told(session: Session, rows: Iterable[Finding]) -> list[ToldFinding]:
    """Return `rows` in words, in their order."""
    locale = _locale()
    read_already: dict[int | None, Declared | None] = {None: None}
    shown = []
    for row in rows:
        if row.declaration_id not in read_already:
            declaration = session.get_one(Declaration, row.declaration_id)
            read_already[row.declaration_id] = read(session, declaration, locale)
        shown.append(_told(row, read_already[row.declaration_id]))
    return shown


def measures(session: Session, actions: Sequence[CorrectiveAction]) -> dict[int, str]:
    """Return what each action asks for, by its id: in the reader's language where it is as drafted."""
    drafted = [action for action in actions if action.as_drafted]
    told_ones = told(session, [action.finding for action in drafted])
    known = {action.id: one.measure for action, one in zip(drafted, told_ones, strict=True)}
    return {action.id: known.get(action.id) or action.measure for action in actions}


def area_names() -> Mapping[str, str]:
    """Return the risk areas by id, in the order of the screen, in the reader's language."""
    translate = question_translator(_locale())
    return {area.id: translate(f"area:{area.id}", area.label) for area in scoring().areas}


def _told(row: Finding, declared: Declared | None) -> ToldFinding:
    words = _words()
    text, measure = texts(row, declared, words, _locale())
    names = area_names()
    return ToldFinding(
        row=row,
        text=text,
        measure=measure,
        severity=str(SEVERITIES[row.severity]),
        areas=[names.get(area, area) for area in row.areas],
        answers=_answers(row, declared, words) if declared else [],
    )


def _answers(row: Finding, declared: Declared, words: Words) -> list[tuple[str, list[str]]]:
    questions = {each.id: each for one in declared.questionnaires for each in one.questions()}
    behind = (declared.behind(row.check_id) if row.check_id else ()) or (row.question_id,)
    return [
        (
            _asked(questions[each], declared),
            readable(
                questions[each],
                declared.answers.get(each),
                words.country_name,
                words.labels,
            ),
        )
        for each in behind
        if each
    ]


def _asked(question: Question, declared: Declared) -> str:
    """Return the question, with the agreement or material where it is asked of several."""
    about = about_of(question.id, abouts(declared.declaration.invitation.about))
    return f"{question.text} ({about.title})" if about else question.text


def _words() -> Words:
    locale = _locale()
    return Words(
        country_name=lambda code: country_name(code, locale),
        labels={
            "yes": gettext("Yes"),
            "no": gettext("No"),
            "na": gettext("Not relevant"),
            "unknown": gettext("Not known"),
        },
        not_known=gettext("The supplier does not know: {question}"),
        ask_again=gettext("Ask the supplier to find out, and by when."),
    )


def _locale() -> str:
    return str(flask_babel.get_locale())
