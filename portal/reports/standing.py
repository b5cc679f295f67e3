"""Where invitations stand, as conditions: every figure and the list behind it use the same one."""

from __future__ import annotations

import enum
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.deadlines import OPEN_STATES, end_of_day, last_day
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.campaigns.plan import Schedule
from portal.declarations.models import Declaration
from portal.reports.reviewed import decided, to_review
from portal.reviews.models import Outcome

_UNANSWERED = (InvitationState.QUEUED, InvitationState.SENT, InvitationState.STARTED)


class Standing(enum.StrEnum):
    """What a list of a campaign's invitations is narrowed to; `?state=` in its address."""

    # The funnel: facts, each holding for those further on too.
    INVITED = "invited"
    DELIVERED = "delivered"
    STARTED = "started"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    # What holds beside it.
    NOT_STARTED = "not_started"
    OVERDUE = "overdue"
    LATE = "late"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    # What somebody has to do something about.
    BOUNCED = "bounced"
    REFERRED = "referred"
    TO_SIGN = "to_sign"
    SILENT = "silent"
    TO_REVIEW = "to_review"
    # What was decided about the declaration.
    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    RETURNED = "returned"
    REJECTED = "rejected"


FUNNEL = (
    Standing.INVITED,
    Standing.DELIVERED,
    Standing.STARTED,
    Standing.SUBMITTED,
    Standing.SIGNED,
)


def condition(session: Session, standing: Standing, now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition on invitations, each joined with its campaign, that stand so at `now`."""
    match standing:
        case Standing.OVERDUE:
            return overdue(session, now)
        case Standing.SILENT:
            return silent(session, now)
        case Standing.LATE:
            return late(session)
        case _:
            return _CONDITIONS[standing]


def _signed() -> sa.ColumnElement[bool]:
    return sa.exists().where(Declaration.invitation_id == Invitation.id).correlate(Invitation)


_asked = Invitation.state != InvitationState.CANCELLED
_CONDITIONS: dict[Standing, sa.ColumnElement[bool]] = {
    Standing.INVITED: _asked,
    Standing.DELIVERED: sa.and_(
        _asked, Invitation.sent_at.is_not(None), Invitation.bounced_at.is_(None)
    ),
    Standing.STARTED: sa.and_(_asked, Invitation.started_at.is_not(None)),
    Standing.SUBMITTED: sa.and_(_asked, Invitation.submitted_at.is_not(None)),
    Standing.SIGNED: sa.and_(_asked, _signed()),
    Standing.NOT_STARTED: sa.and_(
        Invitation.state.in_(OPEN_STATES), Invitation.started_at.is_(None)
    ),
    Standing.DECLINED: Invitation.state == InvitationState.DECLINED,
    Standing.CANCELLED: Invitation.state == InvitationState.CANCELLED,
    Standing.BOUNCED: Invitation.state == InvitationState.BOUNCED,
    Standing.REFERRED: sa.and_(
        Invitation.state.in_(OPEN_STATES), Invitation.referred_at.is_not(None)
    ),
    Standing.TO_SIGN: sa.and_(
        Invitation.state.in_(_UNANSWERED), Invitation.signature_requested_at.is_not(None)
    ),
    Standing.TO_REVIEW: to_review(),
    **{Standing(outcome.value): decided(outcome) for outcome in Outcome},
}


def overdue(session: Session, now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition: still awaited, and the last day is over where the deadline counts."""
    zones = session.scalars(sa.select(Campaign.zone).distinct()).all()
    passed = [sa.and_(Campaign.zone == zone, last_day() < _today(now, zone)) for zone in zones]
    return sa.and_(Invitation.state.in_(OPEN_STATES), sa.or_(sa.false(), *passed))


def silent(session: Session, now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition: nothing came, and the day of the last reminder is over too."""
    country = session.get_one(Buyer, store.scoped_buyer_id(session)).country
    pairs = _deadlines(session, Invitation.state.in_(_UNANSWERED), Campaign.closed_at.is_(None))
    passed = [
        sa.and_(Invitation.campaign_id == campaign.id, _same(extended_to))
        for campaign, extended_to in pairs
        if _last_day(campaign, extended_to, country) < _today(now, campaign.zone)
    ]
    return sa.and_(Invitation.state.in_(_UNANSWERED), sa.or_(sa.false(), *passed))


def late(session: Session) -> sa.ColumnElement[bool]:
    """Return the condition: answered, but after the last day where the deadline counts."""
    pairs = _deadlines(session, Invitation.submitted_at.is_not(None))
    after = [
        sa.and_(
            Invitation.campaign_id == campaign.id,
            _same(extended_to),
            Invitation.submitted_at >= end_of_day(extended_to or campaign.deadline, campaign.zone),
        )
        for campaign, extended_to in pairs
    ]
    return sa.or_(sa.false(), *after)


def _deadlines(
    session: Session, *conditions: sa.ColumnElement[bool]
) -> list[tuple[Campaign, date | None]]:
    """Return the campaigns of these invitations, each with every extension that somebody there has."""
    campaigns = {campaign.id: campaign for campaign in session.scalars(sa.select(Campaign))}
    pairs = session.execute(
        sa.select(Invitation.campaign_id, Invitation.extended_to)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(*conditions)
        .distinct()
    )
    return [(campaigns[campaign_id], extended_to) for campaign_id, extended_to in pairs]


def _last_day(campaign: Campaign, extended_to: date | None, country: str) -> date:
    schedule = Schedule(
        plan=tuple(campaign.reminder_plan),
        deadline=extended_to or campaign.deadline,
        zone=campaign.zone,
        country=country,
    )
    return schedule.overdue_after()


def _same(extended_to: date | None) -> sa.ColumnElement[bool]:
    if extended_to is None:
        return Invitation.extended_to.is_(None)
    return Invitation.extended_to == extended_to


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
