"""How far a supplier has come with what it was asked, over all its invitations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.campaigns.models import InvitationState
from portal.ratings.case import State

# Asked and silent; one that never went out or never arrived is not the supplier's silence.
SILENT = (InvitationState.SENT, InvitationState.STARTED)
_WAITING = (*SILENT, InvitationState.QUEUED)


@dataclass(frozen=True)
class Asked:
    """What happened to one invitation and when; `overdue_at` is when silence becomes an answer."""

    campaign_id: int
    state: InvitationState
    invited_at: datetime
    overdue_at: datetime
    submitted_at: datetime | None = None
    declined_at: datetime | None = None

    def had_its_say(self, now: datetime) -> bool:
        """Return whether the supplier has answered, declined or let all the time pass."""
        return any(state is not State.OPEN for at, state in _facts(self) if at <= now)


def standing(invitations: Iterable[Asked], now: datetime) -> State:
    """Return the state that the latest thing to happen has led to.

    A new campaign opens the question anew; withdrawn and undelivered invitations say nothing.
    """
    happened = [fact for asked in invitations for fact in _facts(asked) if fact[0] <= now]
    return max(happened, key=lambda fact: fact[0], default=(now, State.NOT_INVITED))[1]


def _facts(asked: Asked) -> Iterator[tuple[datetime, State]]:
    if asked.state in _WAITING:
        yield asked.invited_at, State.OPEN
    if asked.state in SILENT:
        yield asked.overdue_at, State.OVERDUE
    if asked.state is InvitationState.DECLINED and asked.declined_at:
        yield asked.declined_at, State.DECLINED
    if asked.submitted_at:
        yield asked.submitted_at, State.DECLARED
