"""Which clarifications there are, and where each stands."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from portal.declarations.models import Declaration
from portal.followup.clarification_models import Clarification
from portal.followup.models import Correspondence, Remark


class State(enum.StrEnum):
    """Where a clarification stands, by what has happened and the day."""

    OPEN = "open"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True)
class Listed:
    """A clarification and where it stands."""

    row: Clarification
    state: State


_NEWER = aliased(Remark)
_REPLIED = sa.exists().where(
    Remark.correspondence_id == Clarification.correspondence_id,
    Remark.by_supplier.is_(True),
    ~sa.exists().where(
        _NEWER.correspondence_id == Remark.correspondence_id,
        _NEWER.id > Remark.id,
        _NEWER.by_supplier.is_(False),
    ),
)


def state_on(today: date) -> sa.Case[str]:
    """Return the state of a clarification joined with its thread, as a column, on the day `today`."""
    return sa.case(
        (Correspondence.closed_at.is_not(None), State.CLOSED.value),
        (_REPLIED, State.ANSWERED.value),
        (Clarification.due_on < today, State.OVERDUE.value),
        else_=State.OPEN.value,
    )


def _rows(today: date) -> sa.Select[Clarification, str]:
    return (
        sa.select(Clarification, state_on(today))
        .join(Correspondence, Correspondence.id == Clarification.correspondence_id)
        .options(joinedload(Clarification.declaration).joinedload(Declaration.invitation))
    )


def _listed(session: Session, rows: sa.Select[Clarification, str]) -> list[Listed]:
    return [Listed(row, State(state)) for row, state in session.execute(rows)]


def clarifications(
    session: Session, today: date, state: State | None = None, *, limit: int = 50, offset: int = 0
) -> list[Listed]:
    """Return the clarifications (in `state`), those due first at the top and the closed ones last."""
    rows = _rows(today)
    if state:
        rows = rows.where(state_on(today) == state.value)
    closed = Correspondence.closed_at.is_not(None)
    rows = rows.order_by(closed, Clarification.due_on, Clarification.id)
    return _listed(session, rows.limit(limit).offset(offset))


def counts(session: Session, today: date) -> dict[State, int]:
    """Return how many clarifications stand where."""
    state = state_on(today)
    rows = session.execute(
        sa.select(state, sa.func.count())
        .select_from(Clarification)
        .join(Correspondence, Correspondence.id == Clarification.correspondence_id)
        .group_by(state)
    )
    return {State(name): count for name, count in rows}


def count_in(session: Session, today: date, state: State) -> int:
    """Return how many clarifications stand so."""
    counted = (
        sa.select(sa.func.count(Clarification.id))
        .join(Correspondence, Correspondence.id == Clarification.correspondence_id)
        .where(state_on(today) == state.value)
    )
    return session.scalar(counted) or 0


def of_declarations(
    session: Session, declaration_ids: Sequence[int], today: date
) -> dict[str, list[Listed]]:
    """Return what was asked about the answers of these declarations, by question id, oldest first."""
    rows = _rows(today).where(Clarification.declaration_id.in_(declaration_ids))
    found: dict[str, list[Listed]] = {}
    for each in _listed(session, rows.order_by(Clarification.id)):
        found.setdefault(each.row.question_id, []).append(each)
    return found


def find(session: Session, public_id: str, today: date) -> Listed | None:
    """Return the clarification whose thread is named so."""
    found = _listed(session, _rows(today).where(Correspondence.public_id == public_id))
    return found[0] if found else None


def about(session: Session, thread: Correspondence) -> Clarification | None:
    """Return the clarification that a thread is about, None if it is about something else."""
    return session.scalar(
        sa.select(Clarification).where(Clarification.correspondence_id == thread.id)
    )


def unanswered(session: Session, today: date) -> list[Clarification]:
    """Return the clarifications that wait for the supplier, in order of their day."""
    waiting = {State.OPEN.value, State.OVERDUE.value}
    rows = _rows(today).where(state_on(today).in_(waiting)).order_by(Clarification.due_on)
    return [each.row for each in _listed(session, rows)]
