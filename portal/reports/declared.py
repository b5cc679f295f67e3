"""One declaration as a person reads it: sections, questions and answers of the sealed document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.freezing import thawed
from portal.campaigns.models import FrozenQuestionnaire
from portal.declarations.models import Attachment, Declaration
from portal.questionnaires.answer_sets import abouts, sets
from portal.questionnaires.schema import Question, Questionnaire


@dataclass(frozen=True)
class Declared:
    """A question with what was declared: the value as kept, the comment, the files."""

    question: Question
    value: Any
    comment: str
    files: list[Attachment]


@dataclass(frozen=True)
class Section:
    """A section in which something was declared, in the language asked for."""

    questionnaire: str
    title: str
    declared: list[Declared] = field(default_factory=list)


def sections(session: Session, declaration: Declaration, locale: str) -> list[Section]:
    """Return what was declared, with the texts as frozen when sent, in `locale`."""
    document = json.loads(declaration.document)
    files: dict[str, list[Attachment]] = {}
    for given in files_of(session, declaration, document).values():
        files.setdefault(given[0].owner, []).extend(given)
    return [
        section
        for named in document["questionnaires"]
        for section in _sections(
            _asked(thawed(_frozen(session, named["sha256"]), locale), named), document, files
        )
        if section.declared
    ]


def files_of(
    session: Session, declaration: Declaration, document: dict[str, Any]
) -> dict[str, list[Attachment]]:
    """Return the files that the document seals, by question or cell; also those taken away since."""
    sealed = {(each["question"], each["name"], each["sha256"]) for each in document["files"]}
    rows = session.scalars(
        sa.select(Attachment)
        .where(Attachment.invitation_id == declaration.invitation_id)
        .order_by(Attachment.id)
    )
    found: dict[str, list[Attachment]] = {}
    for row in rows:
        if (row.question_id, row.name, row.sha256) in sealed:
            sealed.discard((row.question_id, row.name, row.sha256))
            found.setdefault(row.question_id, []).append(row)
    return found


def _frozen(session: Session, sha256: str) -> FrozenQuestionnaire:
    return session.scalars(
        sa.select(FrozenQuestionnaire).where(FrozenQuestionnaire.sha256 == sha256)
    ).one()


def _asked(questionnaire: Questionnaire, named: dict[str, Any]) -> Questionnaire:
    """Return the questionnaire as it was asked: perhaps about an agreement or a material."""
    about = abouts([named["about"]] if "about" in named else [])
    return next(sets(questionnaire, about))


def _sections(
    questionnaire: Questionnaire,
    document: dict[str, Any],
    files: dict[str, list[Attachment]],
) -> Iterator[Section]:
    answers, comments = document["answers"], document["comments"]
    for section in questionnaire.sections:
        declared = [
            Declared(q, answers.get(q.id), comments.get(q.id, ""), files.get(q.id, []))
            for q in section.questions
            if q.id in answers or q.id in comments or q.id in files
        ]
        yield Section(questionnaire.title, section.title, declared)
