"""What a declaration's page shows of its review, and of what the supplier answered the time before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration, FlaggedQuestion, ReturnedDeclaration
from portal.declarations.returning import flagged, returned
from portal.followup.clarification_queries import Listed, of_declarations
from portal.followup.correspondence import Entry, threads
from portal.questionnaires.schema import Question
from portal.ratings.reviewing import may_be_irrelevant
from portal.reports.declared import Section, sections
from portal.reviews.decisions import decided
from portal.reviews.judgements import judgements
from portal.reviews.models import AnswerJudgement, AnswerVerdict, Decision, FileReading
from portal.reviews.readings import readings
from portal.web.buyer.clarification_words import STATES
from portal.web.buyer.finding_words import SEVERITIES
from portal.web.buyer.review_words import OUTCOMES, ROLES, SHOWN, VERDICTS
from portal.web.supplier.section_page import in_words

# Declarations before this one in which an earlier answer is looked for.
_LOOKED_BACK = 3
# What is proposed as time to reply to a question.
DAYS = timedelta(days=14)
_PLAIN = (AnswerVerdict.ACCEPTED, AnswerVerdict.FINDING)


@dataclass(frozen=True)
class Earlier:
    """The answer to the same question the time before, in words; `differs` if it was another."""

    lines: list[str]
    signed_at: datetime
    differs: bool


@dataclass(frozen=True)
class ShownReview:
    """The review of a declaration: what counts by question and by file, and all decisions."""

    may_review: bool
    judgements: dict[str, AnswerJudgement]
    readings: dict[int, FileReading]
    decisions: Sequence[Decision]
    earlier: dict[str, Earlier]
    # What was asked about each answer, with what was written about it.
    asked: dict[str, list[tuple[Listed, list[Entry]]]]
    proposed_day: date
    flagged: dict[str, FlaggedQuestion]
    returned: ReturnedDeclaration | None
    states = STATES
    verdicts = VERDICTS
    shown = SHOWN
    outcomes = OUTCOMES
    roles = ROLES
    severities = SEVERITIES

    def fitting(self, question: Question, value: object) -> list[AnswerVerdict]:
        """Return the verdicts that fit an answer."""
        return list(AnswerVerdict) if may_be_irrelevant(question, value) else list(_PLAIN)


def review_of(
    session: Session,
    declaration: Declaration,
    declared: Sequence[Section],
    locale: str,
    *,
    may_review: bool,
    today: date,
) -> ShownReview:
    """Return the review of `declaration`, whose answers are `declared`, in `locale`."""
    read = readings(session, [declaration.invitation_id]).get(declaration.invitation_id, [])
    return ShownReview(
        may_review=may_review,
        judgements=judgements(session, [declaration.id]).get(declaration.id, {}),
        readings={file.id: reading for file, reading in read},
        decisions=decided(session, declaration.id),
        earlier=_earlier(session, declaration, declared, locale),
        asked=_asked(session, declaration, today),
        proposed_day=today + DAYS,
        flagged=flagged(session, declaration.id),
        returned=returned(session, declaration.id),
    )


def _asked(
    session: Session, declaration: Declaration, today: date
) -> dict[str, list[tuple[Listed, list[Entry]]]]:
    found = of_declarations(session, [declaration.id], today)
    ids = [each.row.correspondence_id for listed in found.values() for each in listed]
    written = threads(session, ids)
    return {
        question_id: [(each, written.get(each.row.correspondence_id, [])) for each in listed]
        for question_id, listed in found.items()
    }


def _earlier(
    session: Session, declaration: Declaration, declared: Sequence[Section], locale: str
) -> dict[str, Earlier]:
    now = {one.question.id: one.value for section in declared for one in section.declared}
    found: dict[str, Earlier] = {}
    for before in _before(session, declaration):
        for question, value in _answers(session, before, locale):
            if question.id in now and question.id not in found:
                differs = value != now[question.id]
                found[question.id] = Earlier(in_words(question, value), before.signed_at, differs)
    return found


def _answers(session: Session, before: Declaration, locale: str) -> list[tuple[Question, Any]]:
    return [
        (one.question, one.value)
        for section in sections(session, before, locale)
        for one in section.declared
        if one.value is not None
    ]


def _before(session: Session, declaration: Declaration) -> list[Declaration]:
    """Return the supplier's declarations for earlier requests, newest first, as last corrected."""
    newest = (
        sa.select(sa.func.max(Declaration.id))
        .where(
            Declaration.supplier_id == declaration.supplier_id,
            Declaration.invitation_id != declaration.invitation_id,
            Declaration.signed_at < declaration.signed_at,
        )
        .group_by(Declaration.invitation_id)
    )
    rows = sa.select(Declaration).where(Declaration.id.in_(newest))
    return list(session.scalars(rows.order_by(Declaration.signed_at.desc()).limit(_LOOKED_BACK)))
