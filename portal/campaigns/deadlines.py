"""Until when a supplier may take its time: the end of a day in the buyer's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.campaigns.models import Campaign, Invitation, InvitationState

# Beyond this it is a slip of the pen, such as 9027 for 2027, and not every calendar reaches there.
LONGEST = timedelta(days=100 * 366)

OPEN_STATES = frozenset(
    {
        InvitationState.QUEUED,
        InvitationState.SENT,
        InvitationState.STARTED,
        InvitationState.BOUNCED,
    }
)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the first moment (UTC) after `day` in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def deadline_day(invitation: Invitation) -> date:
    """Return the last day on which an answer is in time: the campaign's, or a later one given."""
    return invitation.extended_to or invitation.campaign.deadline


def last_day() -> sa.ColumnElement[date]:
    """Return the same as SQL, for a query that joins invitation and campaign."""
    return sa.func.coalesce(Invitation.extended_to, Campaign.deadline, type_=sa.Date())


def deadline_at(invitation: Invitation) -> datetime:
    """Return the moment (UTC) from which an answer is late."""
    return end_of_day(deadline_day(invitation), invitation.campaign.zone)


def overdue(invitation: Invitation, now: datetime) -> bool:
    """Return whether the answer is still awaited although its deadline has passed."""
    return invitation.state in OPEN_STATES and now >= deadline_at(invitation)


def late(invitation: Invitation) -> bool:
    """Return whether the answer came after its deadline."""
    return invitation.submitted_at is not None and invitation.submitted_at >= deadline_at(
        invitation
    )
