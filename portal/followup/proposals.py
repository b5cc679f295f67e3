"""What a supplier proposes instead of the measure or the day, and what the buyer says to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.followup.action_models import ActionStep, CorrectiveAction, StepKind
from portal.followup.actions import ActionRefused, Refusal, add_step, require_not_closed
from portal.store import JsonObject
from portal.suppliers.service import Author

_ANSWERS = (StepKind.ACCEPTED, StepKind.REFUSED)


def propose(
    session: Session,
    action: CorrectiveAction,
    author: Author,
    *,
    measure: str = "",
    due_on: date | None = None,
    why: str = "",
) -> ActionStep:
    """Keep what the supplier proposes; nothing changes until the buyer accepts it.

    Raises:
        ActionRefused: the action is closed, nothing is proposed, or the day has passed.
    """
    require_not_closed(action)
    if not measure.strip() and due_on is None:
        raise ActionRefused(Refusal.NOTHING_PROPOSED)
    if due_on is not None and due_on < local_day(session, author.at):
        raise ActionRefused(Refusal.DAY_PASSED)
    details: JsonObject = {}
    if measure.strip():
        details["measure"] = measure.strip()
    if due_on is not None:
        details["due_on"] = due_on.isoformat()
    return add_step(session, action, StepKind.PROPOSED, author, text=why, details=details)


def answer(
    session: Session,
    action: CorrectiveAction,
    proposal: ActionStep,
    author: Author,
    *,
    accept: bool,
    text: str = "",
) -> ActionStep:
    """Accept what was proposed, which then is the action's, or refuse it; return the step.

    Raises:
        ActionRefused: the action is closed, or it is refused without a reason.
    """
    require_not_closed(action)
    if not accept:
        if not text.strip():
            raise ActionRefused(Refusal.REASON_MISSING)
        return add_step(session, action, StepKind.REFUSED, author, text=text)
    if measure := proposal.details.get("measure"):
        action.measure, action.as_drafted = str(measure), False
    if day := proposal.details.get("due_on"):
        action.due_on = date.fromisoformat(str(day))
    return add_step(
        session, action, StepKind.ACCEPTED, author, text=text, details=dict(proposal.details)
    )


def waiting(steps: Sequence[ActionStep]) -> ActionStep | None:
    """Return the proposal among `steps` (oldest first) that nobody has answered; else None."""
    for step in reversed(steps):
        if step.kind in _ANSWERS:
            return None
        if step.kind is StepKind.PROPOSED:
            return step
    return None
