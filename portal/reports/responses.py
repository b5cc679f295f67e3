"""Who was asked and what came of it: each reminder and call, and how it ended."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.deadlines import deadline_at, late
from portal.campaigns.models import Invitation, InvitationState
from portal.campaigns.queries import invitations as invitations_of
from portal.followup.call_models import Call
from portal.outbox.models import Message, MessageState
from portal.reports.invitations import is_reminder

Value = TypeVar("Value")


class Outcome(enum.StrEnum):
    """How asking a supplier ended, or that it has not yet."""

    ANSWERED = "answered"
    LATE = "late"
    DECLINED = "declined"
    BOUNCED = "bounced"
    SILENT = "silent"
    AWAITED = "awaited"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Response:
    """One supplier asked: when it was reminded and called, and the outcome."""

    invitation: Invitation
    outcome: Outcome
    reminded_at: tuple[datetime, ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Figures:
    """What a statement says of a campaign; `asked` is the denominator, without those withdrawn."""

    asked: int
    counts: Mapping[Outcome, int]
    reminders: int
    """How many reminders each of the silent got at least."""
    called: int
    """How many of the silent were called."""

    @property
    def answered(self) -> int:
        """Who answered, in time or late."""
        return self.counts[Outcome.ANSWERED] + self.counts[Outcome.LATE]


def outcome(invitation: Invitation, now: datetime) -> Outcome:
    """Return how asking ended. Whoever answered has answered, whatever was said before."""
    if invitation.state is InvitationState.CANCELLED:
        return Outcome.WITHDRAWN
    if invitation.submitted_at is not None:
        return Outcome.LATE if late(invitation) else Outcome.ANSWERED
    if invitation.state is InvitationState.DECLINED:
        return Outcome.DECLINED
    if invitation.state is InvitationState.BOUNCED:
        return Outcome.BOUNCED
    over = now >= deadline_at(invitation) or invitation.campaign.closed_at is not None
    return Outcome.SILENT if over else Outcome.AWAITED


def responses(session: Session, campaign_id: int, now: datetime) -> list[Response]:
    """Return everybody a campaign has asked, by name."""
    reminded, called = _reminders(session, campaign_id), _calls(session, campaign_id)
    return [
        Response(
            each,
            outcome(each, now),
            tuple(reminded.get(each.id, ())),
            tuple(called.get(each.id, ())),
        )
        for each in invitations_of(session, campaign_id)
    ]


def figures(found: Iterable[Response]) -> Figures:
    """Return the numbers of a campaign."""
    lines = list(found)
    counts = Counter(one.outcome for one in lines)
    silent = [one for one in lines if one.outcome is Outcome.SILENT]
    return Figures(
        asked=len(lines) - counts[Outcome.WITHDRAWN],
        counts={each: counts[each] for each in Outcome},
        reminders=min((len(one.reminded_at) for one in silent), default=0),
        called=sum(bool(one.calls) for one in silent),
    )


def by_category(found: Iterable[Response]) -> dict[str, Figures]:
    """Return the figures per category of supplier, the codes in order."""

    def category(one: Response) -> str:
        return one.invitation.supplier.category

    return {
        key: figures(lines) for key, lines in groupby(sorted(found, key=category), key=category)
    }


def _reminders(session: Session, campaign_id: int) -> Mapping[int, Sequence[datetime]]:
    rows = session.execute(
        sa.select(Message.invitation_id, Message.sent_at)
        .join(Invitation, Invitation.id == Message.invitation_id)
        .where(
            Invitation.campaign_id == campaign_id,
            is_reminder(Message.template),
            Message.state == MessageState.SENT,
            Message.sent_at.is_not(None),
        )
        .order_by(Message.invitation_id, Message.sent_at)
    )
    return _grouped((row.invitation_id, row.sent_at) for row in rows)


def _calls(session: Session, campaign_id: int) -> Mapping[int, Sequence[Call]]:
    rows = session.scalars(
        sa.select(Call)
        .join(Invitation, Invitation.id == Call.invitation_id)
        .where(Invitation.campaign_id == campaign_id)
        .order_by(Call.called_at, Call.id)
    )
    return _grouped((row.invitation_id, row) for row in rows)


def _grouped(pairs: Iterable[tuple[int, Value]]) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
