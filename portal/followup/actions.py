"""Corrective actions: drawn up from a finding, agreed with the supplier, checked and closed.

The functions work on the rows of the session's buyer and flush; the edge commits. Each writes a step
and a line in the audit trail.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.buyers.queries import local_day, user_with_id
from portal.declarations.attachments import Accepted
from portal.events.models import Actor
from portal.events.service import record
from portal.files import FileStore
from portal.followup.action_models import (
    ActionState,
    ActionStep,
    CorrectiveAction,
    ProofFile,
    StepKind,
)
from portal.ratings.models import Finding, FindingStatus
from portal.store import JsonObject
from portal.suppliers.service import Author

# Days that are proposed until an action is due, by the severity of its finding. Our own choice: the
# graver, the sooner; a person may set any other day.
DAYS_TO_ACT = {"critical": 14, "high": 30, "medium": 90, "low": 180, "info": 180}
# What somebody still has to do.
WAITED_FOR = (ActionState.OPEN, ActionState.UNDER_WAY)


class Refusal(enum.StrEnum):
    """Why something cannot be done to an action."""

    MEASURE_MISSING = "measure_missing"
    OWNER_UNKNOWN = "owner_unknown"
    DAY_PASSED = "day_passed"
    FINDING_CLOSED = "finding_closed"
    CLOSED = "closed"
    REASON_MISSING = "reason_missing"
    NOTHING_PROPOSED = "nothing_proposed"
    NOTHING_CHANGED = "nothing_changed"
    NOT_SEEN = "not_seen"
    NO_PROOF = "no_proof"
    NOT_PAST = "not_past"
    OTHERS_OPEN = "others_open"
    NO_FLAG = "no_flag"
    NOBODY = "nobody"


class ActionRefused(Exception):
    """It cannot be done so, for `reason`."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Plan:
    """What is to be done, who at the buyer sees to it, and until when."""

    measure: str
    owner_id: int
    due_on: date


@dataclass(frozen=True)
class Proof:
    """Files that show what was done, and where they are to be kept."""

    store: FileStore
    files: Sequence[Accepted] = ()


def proposed_day(severity: str, today: date) -> date:
    """Return until when an action under a finding of `severity` should be done."""
    return today + timedelta(days=DAYS_TO_ACT[severity])


def draw_up(
    session: Session, finding: Finding, plan: Plan, author: Author, *, as_drafted: bool = False
) -> CorrectiveAction:
    """Return a new, open action under `finding`; `as_drafted` where the draft was not edited.

    Raises:
        ActionRefused: the finding is closed, no measure is given, nobody of the buyer is named, or
            the day has passed.
    """
    if finding.status is FindingStatus.CLOSED:
        raise ActionRefused(Refusal.FINDING_CLOSED)
    owner = _checked(session, plan, author.at)
    action = CorrectiveAction(
        public_id=str(uuid4()),
        finding_id=finding.id,
        supplier_id=finding.supplier_id,
        measure=plan.measure.strip(),
        as_drafted=as_drafted,
        owner=owner,
        due_on=plan.due_on,
        created_at=author.at,
        created_by=author.name,
    )
    session.add(action)
    session.flush()
    add_step(session, action, StepKind.DRAWN_UP, author, details=_planned(action))
    return action


def change(
    session: Session,
    action: CorrectiveAction,
    plan: Plan,
    author: Author,
    *,
    as_drafted: bool = False,
) -> ActionStep:
    """Set another measure, owner or day, and return the step.

    Raises:
        ActionRefused: the action is closed, the plan will not do, or nothing is different.
    """
    require_not_closed(action)
    same_day = plan.due_on == action.due_on
    owner = _checked(session, plan, author.at, may_be_past=same_day)
    before = _planned(action)
    action.measure, action.as_drafted = plan.measure.strip(), as_drafted
    action.owner, action.due_on = owner, plan.due_on
    changed = {name: value for name, value in _planned(action).items() if before[name] != value}
    if not changed:
        raise ActionRefused(Refusal.NOTHING_CHANGED)
    return add_step(session, action, StepKind.CHANGED, author, details=changed)


def move(
    session: Session,
    action: CorrectiveAction,
    state: ActionState,
    author: Author,
    *,
    text: str = "",
    proof: Proof | None = None,
) -> ActionStep:
    """Say how far the action has come (not that it is closed), and return the step.

    Raises:
        ActionRefused: it is closed, is put off without a reason, or is called done without a word
            on what was done.
    """
    require_not_closed(action)
    if state is ActionState.CLOSED:
        raise ActionRefused(Refusal.NOT_SEEN)
    if state in {ActionState.PUT_OFF, ActionState.DONE} and not text.strip():
        raise ActionRefused(Refusal.REASON_MISSING)
    action.state = state
    step = add_step(session, action, StepKind.MOVED, author, text=text)
    keep_proof(session, step, proof)
    return step


def require_not_closed(action: CorrectiveAction) -> None:
    """Return if the action can still be changed.

    Raises:
        ActionRefused: it is closed.
    """
    if action.state is ActionState.CLOSED:
        raise ActionRefused(Refusal.CLOSED)


def add_step(
    session: Session,
    action: CorrectiveAction,
    kind: StepKind,
    author: Author,
    *,
    text: str = "",
    details: JsonObject | None = None,
) -> ActionStep:
    """Write what happened to the action as it now stands, here and in the trail; return the step."""
    step = ActionStep(
        action_id=action.id,
        kind=kind,
        state=action.state,
        by=author.name,
        by_supplier=author.kind is Actor.SUPPLIER,
        at=author.at,
        text=text.strip(),
        details=details or {},
    )
    session.add(step)
    session.flush()
    told: JsonObject = {"state": action.state.value, **step.details}
    record(
        session,
        at=author.at,
        actor_kind=author.kind,
        actor=author.name,
        action=f"action.{kind}",
        subject_kind="action",
        subject_id=action.public_id,
        details=told | ({"text": step.text} if step.text else {}),
        ip=author.ip,
    )
    return step


def keep_proof(session: Session, step: ActionStep, proof: Proof | None) -> list[ProofFile]:
    """Keep the files that were given with a step and return their rows."""
    if proof is None:
        return []
    kept = []
    for file in proof.files:
        stored = proof.store.put(file.content)
        kept.append(
            ProofFile(
                action_id=step.action_id,
                step_id=step.id,
                name=file.name,
                media_type=file.media_type,
                size=stored.size,
                sha256=stored.sha256,
                storage_key=stored.key,
            )
        )
    session.add_all(kept)
    session.flush()
    return kept


def is_overdue(action: CorrectiveAction, today: date) -> bool:
    """Return whether the day has passed and nobody has said that it is done, or put it off."""
    return action.state in WAITED_FOR and action.due_on < today


def overdue(today: date) -> sa.ColumnElement[bool]:
    """Return `is_overdue` as a condition of a query on `CorrectiveAction`."""
    return sa.and_(CorrectiveAction.state.in_(WAITED_FOR), CorrectiveAction.due_on < today)


def _checked(session: Session, plan: Plan, now: datetime, *, may_be_past: bool = False) -> User:
    if not plan.measure.strip():
        raise ActionRefused(Refusal.MEASURE_MISSING)
    owner = user_with_id(session, plan.owner_id)
    if owner is None or not owner.active:
        raise ActionRefused(Refusal.OWNER_UNKNOWN)
    if plan.due_on < local_day(session, now) and not may_be_past:
        raise ActionRefused(Refusal.DAY_PASSED)
    return owner


def _planned(action: CorrectiveAction) -> JsonObject:
    return {
        "measure": action.measure,
        "owner": action.owner.email,
        "due_on": action.due_on.isoformat(),
    }
