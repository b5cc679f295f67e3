"""Corrective actions as they are read: the list, one supplier's, one action's story."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.followup.action_models import ActionState, ActionStep, CorrectiveAction, ProofFile
from portal.followup.actions import overdue
from portal.ratings.models import Finding
from portal.suppliers.models import Supplier

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which actions; what is left empty does not narrow. `standing`: all that are not closed."""

    state: ActionState | None = None
    owner_id: int | None = None
    overdue: bool = False
    supplier_id: int | None = None
    standing: bool = False


@dataclass(frozen=True)
class Listed:
    """One page of actions, and how many there are; `first` and `last` count from 1."""

    rows: list[CorrectiveAction]
    total: int
    page: int

    @property
    def first(self) -> int:
        """The number of the first row."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.first + len(self.rows) - 1


def actions(session: Session, wanted: Wanted, today: date, page: int) -> Listed:
    """Return one page (from 1, of 50) of the actions, those due first on top and closed ones last."""
    fitting = _joined().where(*_conditions(wanted, today))
    total = session.scalar(sa.select(sa.func.count()).select_from(fitting.subquery())) or 0
    rows = session.scalars(
        fitting.order_by(
            CorrectiveAction.state == ActionState.CLOSED,
            CorrectiveAction.due_on,
            CorrectiveAction.id,
        )
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return Listed(list(rows), total, page)


def actions_of_supplier(session: Session, supplier_id: int) -> list[CorrectiveAction]:
    """Return a supplier's actions, closed ones last."""
    return _ordered(session, CorrectiveAction.supplier_id == supplier_id)


def actions_under(session: Session, finding: Finding) -> list[CorrectiveAction]:
    """Return the actions under a finding, closed ones last."""
    return _ordered(session, CorrectiveAction.finding_id == finding.id)


def action_by(session: Session, public_id: str) -> CorrectiveAction | None:
    """Return the action with this public id; None if the session's buyer has none."""
    return session.scalar(_joined().where(CorrectiveAction.public_id == public_id))


def steps_of(session: Session, action: CorrectiveAction) -> list[ActionStep]:
    """Return what happened to an action, oldest first."""
    rows = sa.select(ActionStep).where(ActionStep.action_id == action.id).order_by(ActionStep.id)
    return list(session.scalars(rows))


def files_of(session: Session, action: CorrectiveAction) -> dict[int, list[ProofFile]]:
    """Return the files given with an action, by step id."""
    found: dict[int, list[ProofFile]] = defaultdict(list)
    rows = sa.select(ProofFile).where(ProofFile.action_id == action.id).order_by(ProofFile.id)
    for file in session.scalars(rows):
        found[file.step_id].append(file)
    return found


def proof_file(session: Session, action: CorrectiveAction, file_id: int) -> ProofFile | None:
    """Return the file with this id if it was given with the action."""
    return session.scalar(
        sa.select(ProofFile).where(ProofFile.action_id == action.id, ProofFile.id == file_id)
    )


def count_overdue(session: Session, today: date) -> int:
    """Return how many actions are overdue."""
    counted = sa.select(sa.func.count(CorrectiveAction.id)).where(overdue(today))
    return session.scalar(counted) or 0


def count_to_check(session: Session) -> int:
    """Return how many actions are said to be done and wait for a check."""
    counted = sa.select(sa.func.count(CorrectiveAction.id)).where(
        CorrectiveAction.state == ActionState.DONE
    )
    return session.scalar(counted) or 0


def _ordered(session: Session, condition: sa.ColumnElement[bool]) -> list[CorrectiveAction]:
    return list(
        session.scalars(
            _joined()
            .where(condition)
            .order_by(CorrectiveAction.state == ActionState.CLOSED, CorrectiveAction.due_on)
        )
    )


def _joined() -> sa.Select[CorrectiveAction]:
    return (
        sa.select(CorrectiveAction)
        .join(Supplier, Supplier.id == CorrectiveAction.supplier_id)
        .options(
            joinedload(CorrectiveAction.supplier),
            joinedload(CorrectiveAction.finding),
            joinedload(CorrectiveAction.owner),
        )
    )


def _conditions(wanted: Wanted, today: date) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(CorrectiveAction.state == wanted.state)
    if wanted.standing:
        conditions.append(CorrectiveAction.state != ActionState.CLOSED)
    if wanted.owner_id is not None:
        conditions.append(CorrectiveAction.owner_id == wanted.owner_id)
    if wanted.supplier_id is not None:
        conditions.append(CorrectiveAction.supplier_id == wanted.supplier_id)
    if wanted.overdue:
        conditions.append(overdue(today))
    return conditions
