"""Reviewing: a judgement of an answer or a file, and the rating that follows from it.

The functions flush; the edge commits.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.campaigns.models import Invitation
from portal.declarations.models import Attachment, Declaration
from portal.questionnaires.answers import Value
from portal.questionnaires.schema import Question
from portal.ratings import service
from portal.ratings.declared import Declared, read, scoring
from portal.ratings.finding_queries import SEVERITIES
from portal.ratings.findings import INFORMATION_GAP_AREA
from portal.ratings.models import Finding, RatingTrigger
from portal.ratings.points import areas_of, worst_rule
from portal.ratings.question_set import NOT_APPLICABLE
from portal.reviews.judgements import add_judgement
from portal.reviews.models import (
    AnswerJudgement,
    AnswerVerdict,
    FileReading,
    PublicAnswer,
    Shown,
)
from portal.reviews.public_answers import add_public_answer
from portal.reviews.readings import add_reading
from portal.reviews.reviewable import ReviewRefused

_ABOUT_RELEVANCE = {AnswerVerdict.NOT_RELEVANT_ACCEPTED, AnswerVerdict.NOT_RELEVANT_REFUSED}


def judge_answer(
    session: Session,
    declaration: Declaration,
    question_id: str,
    verdict: AnswerVerdict,
    *,
    reason: str,
    by: str,
    now: datetime,
    severity: str = "",
) -> AnswerJudgement:
    """Keep a judgement of an answer, make the finding it asks for, and rate the supplier again.

    Raises:
        ReviewRefused: the answer is not in the declaration, the verdict does not fit it, the
            reason is missing, or a finding has no severity.
    """
    declared = read(session, declaration)
    question = _answered(declared, question_id)
    if verdict in _ABOUT_RELEVANCE and not may_be_irrelevant(
        question, declared.answers[question_id]
    ):
        raise ReviewRefused("The supplier has not answered that this is not relevant.")
    if verdict is AnswerVerdict.FINDING and severity not in SEVERITIES:
        raise ReviewRefused("A finding needs a severity.")
    row = add_judgement(session, declaration, question_id, verdict, reason=reason, by=by, now=now)
    if verdict is AnswerVerdict.FINDING:
        _make_finding(session, declared, question, severity, row)
    _rate_again(session, declaration, now)
    return row


def judge_file(
    session: Session,
    declaration: Declaration,
    attachment: Attachment,
    shown: Shown,
    *,
    holds_until: date | None,
    reason: str,
    by: str,
    now: datetime,
) -> FileReading:
    """Keep what a file of `declaration` shows and rate the supplier again.

    Raises:
        ReviewRefused: the declaration is corrected, or it is not said how the file was checked.
    """
    row = add_reading(
        session,
        declaration,
        attachment,
        shown,
        holds_until=holds_until,
        reason=reason,
        by=by,
        now=now,
    )
    _rate_again(session, declaration, now)
    return row


def answer_publicly(
    session: Session,
    invitation: Invitation,
    question: Question,
    value: Value | None,
    *,
    url: str,
    read_on: date | None,
    note: str,
    by: str,
    now: datetime,
) -> PublicAnswer:
    """Keep what a public document says about a question and rate the supplier again.

    None takes back what was kept.

    Raises:
        ReviewRefused: the supplier has declared itself, or the address or the day is missing.
    """
    row = add_public_answer(
        session,
        invitation,
        question.id,
        value,
        url=url,
        read_on=read_on,
        note=note,
        by=by,
        today=local_day(session, now),
        now=now,
    )
    service.rate_because(session, [invitation.supplier_id], RatingTrigger.REVIEW, now)
    return row


def may_be_irrelevant(question: Question, answer: object) -> bool:
    """Return whether the answer says "not relevant", or decides what else is relevant."""
    is_scope = scoring().to_risk_model.is_scoping(question.id)
    return is_scope or (question.type == "yes_no_na" and answer == NOT_APPLICABLE)


def _answered(declared: Declared, question_id: str) -> Question:
    found = (each.question(question_id) for each in declared.questionnaires)
    question = next((each for each in found if each), None)
    if question is None or question_id not in declared.answers:
        raise ReviewRefused("This question is not answered in the declaration.")
    return question


def _make_finding(
    session: Session, declared: Declared, question: Question, severity: str, row: AnswerJudgement
) -> None:
    worst = worst_rule(question)
    areas = question.areas or (areas_of(worst, question) if worst else (INFORMATION_GAP_AREA,))
    home = next(each.id for each in declared.questionnaires if each.question(question.id))
    finding = Finding(
        public_id=str(uuid4()),
        declaration_id=row.declaration_id,
        supplier_id=declared.declaration.supplier_id,
        questionnaire_id=home,
        question_id=question.id,
        made_by=row.judged_by,
        areas=list(areas),
        severity=severity,
        text=row.reason,
        norms=list(question.norm),
        created_at=row.judged_at,
    )
    session.add(finding)
    session.flush()


def _rate_again(session: Session, declaration: Declaration, now: datetime) -> None:
    service.rate_because(
        session, [declaration.supplier_id], RatingTrigger.REVIEW, now, declaration.id
    )
