"""Judgements of single answers: written once, of several about one answer the newest counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.reviews.models import AnswerJudgement, AnswerVerdict
from portal.reviews.reviewable import ReviewRefused, require_current


def add_judgement(
    session: Session,
    declaration: Declaration,
    question_id: str,
    verdict: AnswerVerdict,
    *,
    reason: str,
    by: str,
    now: datetime,
) -> AnswerJudgement:
    """Keep a judgement of an answer and return it.

    Raises:
        ReviewRefused: the declaration is corrected, or the reason is missing: only what is
            accepted as it stands needs none.
    """
    require_current(session, declaration)
    if verdict is not AnswerVerdict.ACCEPTED and not reason.strip():
        raise ReviewRefused("This judgement needs a reason.")
    row = AnswerJudgement(
        declaration_id=declaration.id,
        question_id=question_id,
        verdict=verdict,
        reason=reason.strip(),
        judged_by=by,
        judged_at=now,
    )
    session.add(row)
    session.flush()
    return row


_JUDGED = (
    sa.select(AnswerJudgement)
    .where(AnswerJudgement.declaration_id.in_(sa.bindparam("declaration_ids", expanding=True)))
    .order_by(AnswerJudgement.id)
)


def judgements(
    session: Session, declaration_ids: Iterable[int]
) -> dict[int, dict[str, AnswerJudgement]]:
    """Return the judgements that count, by declaration id and question id."""
    found: dict[int, dict[str, AnswerJudgement]] = {}
    for row in session.scalars(_JUDGED, {"declaration_ids": list(declaration_ids)}):
        found.setdefault(row.declaration_id, {})[row.question_id] = row
    return found
