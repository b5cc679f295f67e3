"""How long a buyer lets signed answers hold, questionnaire by questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.questionnaires.models import AnswerValidity

MOST_MONTHS = 120


class BadValidity(Exception):
    """The choice cannot be kept; the message says why."""


def chosen_months(session: Session) -> Mapping[str, int]:
    """Return questionnaire id -> months, of those for which the session's buyer has chosen itself."""
    newest = sa.select(sa.func.max(AnswerValidity.id)).group_by(AnswerValidity.questionnaire_id)
    rows = session.scalars(
        sa.select(AnswerValidity).where(
            AnswerValidity.id.in_(newest), AnswerValidity.months.is_not(None)
        )
    )
    return {row.questionnaire_id: row.months for row in rows if row.months is not None}


def choose_months(
    session: Session,
    questionnaire_id: str,
    months: int | None,
    *,
    reason: str,
    by: str,
    now: datetime,
) -> AnswerValidity:
    """Let answers hold for `months` from their signature, or (None) as the questionnaire says.

    Raises:
        BadValidity: less than a month or more than ten years, nothing new, or no reason.
    """
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise BadValidity(f"Answers hold for 1 to {MOST_MONTHS} months.")
    if chosen_months(session).get(questionnaire_id) == months:
        raise BadValidity("That is what holds already.")
    if not reason.strip():
        raise BadValidity("A change needs a reason.")
    row = AnswerValidity(
        questionnaire_id=questionnaire_id,
        months=months,
        reason=reason.strip(),
        chosen_at=now,
        chosen_by=by,
    )
    session.add(row)
    session.flush()
    return row


def choices(session: Session) -> list[AnswerValidity]:
    """Return every choice the session's buyer has made, newest first."""
    return list(session.scalars(sa.select(AnswerValidity).order_by(AnswerValidity.id.desc())))
