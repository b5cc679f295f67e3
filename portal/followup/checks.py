"""A person of the buyer looks whether an action was carried out: it closes with proof, or goes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.followup.action_models import (
    ActionState,
    ActionStep,
    CorrectiveAction,
    ProofFile,
    StepKind,
)
from portal.followup.actions import (
    ActionRefused,
    Proof,
    Refusal,
    add_step,
    keep_proof,
    require_not_closed,
)
from portal.ratings.flags import clear_flag
from portal.ratings.models import Finding, FindingStatus, RedFlag
from portal.suppliers.service import Author


@dataclass(frozen=True)
class Check:
    """What a person saw, and by what: files, or a visit on a day that `seen` then is the note of."""

    seen: str
    visited_on: date | None = None
    proof: Proof | None = None


def send_back(
    session: Session, action: CorrectiveAction, check: Check, author: Author
) -> ActionStep:
    """Say that what was seen is not enough; the action is under way again. Return the step.

    Raises:
        ActionRefused: it is closed, or nothing is said about what was seen.
    """
    _require_seen(session, action, check, author)
    action.state = ActionState.UNDER_WAY
    step = add_step(
        session, action, StepKind.SENT_BACK, author, text=check.seen, details=_day(check)
    )
    keep_proof(session, step, check.proof)
    return step


def close(
    session: Session,
    action: CorrectiveAction,
    check: Check,
    author: Author,
    *,
    clears_flag: bool = False,
) -> ActionStep:
    """Close the action after a check with proof; return the step.

    The finding closes with its last action, unless a red flag stands on it. With `clears_flag` that
    flag is cleared and the supplier rated again; the findings it stood on close.

    Raises:
        ActionRefused: it is closed, nothing was seen, there is no proof, or the flag cannot be
            cleared: there is none, or another action under it is not closed.
    """
    _require_seen(session, action, check, author)
    files = check.proof.files if check.proof else ()
    if not files and check.visited_on is None and not has_proof(session, action):
        raise ActionRefused(Refusal.NO_PROOF)
    flag = standing_flag(session, action.finding)
    if clears_flag:
        _require_clearable(session, action, flag)
    action.state = ActionState.CLOSED
    details = _day(check) | ({"flag_cleared": flag.code} if clears_flag and flag else {})
    step = add_step(session, action, StepKind.CLOSED, author, text=check.seen, details=details)
    keep_proof(session, step, check.proof)
    if flag is not None and clears_flag:
        reason = f"Cleared by a closed corrective action with proof: {step.text}"
        clear_flag(session, flag, reason=reason, by=author.name, now=author.at)
        _close(findings_under(session, flag), author)
    elif flag is None and not _others_open(session, [action.finding_id], action):
        _close([action.finding], author)
    return step


def has_proof(session: Session, action: CorrectiveAction) -> bool:
    """Return whether a file has been given with any step of the action."""
    return (
        session.scalar(sa.select(ProofFile.id).where(ProofFile.action_id == action.id).limit(1))
        is not None
    )


def standing_flag(session: Session, finding: Finding) -> RedFlag | None:
    """Return the red flag that stands because of `finding`; None without one, or once cleared."""
    flag = session.get(RedFlag, finding.flag_id) if finding.flag_id else None
    return flag if flag is not None and flag.cleared_at is None else None


def findings_under(session: Session, flag: RedFlag) -> list[Finding]:
    """Return the findings that `flag` stands on."""
    return list(session.scalars(sa.select(Finding).where(Finding.flag_id == flag.id)))


def may_clear(session: Session, action: CorrectiveAction) -> bool:
    """Return whether closing the action may clear the red flag above it."""
    flag = standing_flag(session, action.finding)
    return flag is not None and not _others_open(
        session, [each.id for each in findings_under(session, flag)], action
    )


def _require_seen(session: Session, action: CorrectiveAction, check: Check, author: Author) -> None:
    require_not_closed(action)
    if not check.seen.strip():
        raise ActionRefused(Refusal.NOT_SEEN)
    if check.visited_on is not None and check.visited_on > local_day(session, author.at):
        raise ActionRefused(Refusal.NOT_PAST)


def _require_clearable(session: Session, action: CorrectiveAction, flag: RedFlag | None) -> None:
    if flag is None:
        raise ActionRefused(Refusal.NO_FLAG)
    if not may_clear(session, action):
        raise ActionRefused(Refusal.OTHERS_OPEN)


def _others_open(session: Session, finding_ids: list[int], action: CorrectiveAction) -> bool:
    others = sa.select(CorrectiveAction.id).where(
        CorrectiveAction.finding_id.in_(finding_ids),
        CorrectiveAction.id != action.id,
        CorrectiveAction.state != ActionState.CLOSED,
    )
    return session.scalar(others.limit(1)) is not None


def _close(findings: list[Finding], author: Author) -> None:
    for finding in findings:
        if finding.status is not FindingStatus.CLOSED:
            finding.status, finding.closed_at = FindingStatus.CLOSED, author.at


def _day(check: Check) -> dict[str, str]:
    return {"visited_on": check.visited_on.isoformat()} if check.visited_on else {}
