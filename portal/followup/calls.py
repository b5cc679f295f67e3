"""Telephone calls to suppliers that let the last reminder pass: who is to be called, and what came of it."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day, own_buyer
from portal.campaigns.deadlines import LONGEST, last_day
from portal.campaigns.models import Campaign, Invitation
from portal.campaigns.plan import Schedule
from portal.events.models import Actor
from portal.events.service import record
from portal.followup.call_models import Call, CallOutcome
from portal.ratings.standing import SILENT
from portal.suppliers.models import Contact

_ONE_DAY = timedelta(days=1)
# Sorts after every criticality there is.
_NOT_SAID = "~"


class Wrong(enum.StrEnum):
    """Why a call cannot be recorded so."""

    NO_PROMISED_DAY = "no_promised_day"
    NO_NEXT_DAY = "no_next_day"
    PAST = "past"
    FAR = "far"


class CallRefused(Exception):
    """The call cannot be recorded so: `field` holds the value that is wrong."""

    def __init__(self, field: str, wrong: Wrong) -> None:
        super().__init__(f"{field}: {wrong}")
        self.field, self.wrong = field, wrong


@dataclass(frozen=True)
class ToCall:
    """A supplier to call: the invitation it is about, since when it is late, and the call before."""

    invitation: Invitation
    contact: Contact
    days_late: int
    # When something is to be done next: the day named after the last call, else when reminders ended.
    next_on: date
    last: Call | None

    @property
    def rank(self) -> tuple[date, str, str]:
        """What the list is sorted by: next step, criticality (none is last), name."""
        supplier = self.invitation.supplier
        return self.next_on, supplier.criticality or _NOT_SAID, supplier.name.casefold()


def next_day(silent_on: date, last: Call | None) -> date | None:
    """Return when the supplier is to be called; None when calling is over.

    `silent_on` is the day after the last reminder: the first call. After that the day of the next step
    counts; without one a promise is looked at the day after it, anybody else is tried again the next
    day, and whoever refuses is not called again.
    """
    if last is None:
        return silent_on
    if last.next_on:
        return last.next_on
    if last.outcome is CallOutcome.REFUSES:
        return None
    return (last.promised_on or last.called_at.date()) + _ONE_DAY


def to_call(session: Session, now: datetime) -> list[ToCall]:
    """Return whom to call, about running campaigns; what is to be done first stands first.

    Among them is who has still not answered on the day after the last reminder of the plan.
    """
    country = own_buyer(session).country
    found: list[ToCall] = []
    for campaign, deadline in _deadlines(session):
        schedule = Schedule(tuple(campaign.reminder_plan), deadline, campaign.zone, country)
        today, silent_on = schedule.day_of(now), schedule.overdue_after() + _ONE_DAY
        if silent_on <= today:
            late = (today - deadline).days
            found += _in_campaign(session, campaign, deadline, silent_on, late)
    return sorted(found, key=lambda one: one.rank)


def _deadlines(session: Session) -> list[tuple[Campaign, date]]:
    """Return the running campaigns, each with every deadline that somebody silent there has."""
    pairs = session.execute(
        sa.select(Invitation.campaign_id, last_day().label("deadline"))
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(Campaign.closed_at.is_(None), Invitation.state.in_(SILENT))
        .distinct()
    ).all()
    return [(session.get_one(Campaign, pair.campaign_id), pair.deadline) for pair in pairs]


def _in_campaign(
    session: Session, campaign: Campaign, deadline: date, silent_on: date, late: int
) -> Iterator[ToCall]:
    rows = (
        sa.select(Invitation)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(
            Invitation.campaign_id == campaign.id,
            Invitation.state.in_(SILENT),
            last_day() == deadline,
        )
    )
    invitations = session.scalars(rows).all()
    calls = latest_calls(session, [each.id for each in invitations])
    for each in invitations:
        last = calls.get(each.id)
        if day := next_day(silent_on, last):
            contact = last.contact if last and last.contact else each.contact
            yield ToCall(each, contact, late, day, last)


def latest_calls(session: Session, invitation_ids: Sequence[int]) -> dict[int, Call]:
    """Return the newest call about each of these invitations that has one."""
    rows = session.scalars(
        sa.select(Call).where(Call.invitation_id.in_(invitation_ids)).order_by(Call.id)
    )
    return {call.invitation_id: call for call in rows}


def calls_of(session: Session, *, invitation_id: int) -> list[Call]:
    """Return the calls about an invitation, newest first."""
    rows = sa.select(Call).where(Call.invitation_id == invitation_id)
    return list(session.scalars(rows.order_by(Call.id.desc())))


def calls_to(session: Session, supplier_id: int) -> list[Call]:
    """Return the calls to a supplier, newest first."""
    rows = sa.select(Call).where(Call.supplier_id == supplier_id)
    return list(session.scalars(rows.order_by(Call.id.desc())))


def add_call(
    session: Session,
    invitation: Invitation,
    outcome: CallOutcome,
    *,
    by: str,
    now: datetime,
    contact: Contact | None = None,
    promised_on: date | None = None,
    note: str = "",
    next_step: str = "",
    next_on: date | None = None,
) -> Call:
    """Keep what came of a call and return it; a call is never changed, the next one says more.

    Raises:
        CallRefused: a promise or a next step without its day, or a day that is past
            or a hundred years away.
    """
    promised_on = promised_on if outcome is CallOutcome.PROMISED else None
    _check(outcome, promised_on, next_step, next_on, today=local_day(session, now))
    call = Call(
        invitation_id=invitation.id,
        supplier_id=invitation.supplier_id,
        contact_id=contact.id if contact else None,
        outcome=outcome,
        promised_on=promised_on,
        note=note.strip(),
        next_step=next_step.strip(),
        next_on=next_on,
        called_at=now,
        called_by=by,
    )
    session.add(call)
    session.flush()
    record(
        session,
        at=now,
        actor_kind=Actor.BUYER,
        actor=by,
        action="supplier.called",
        subject_kind="invitation",
        subject_id=invitation.public_id,
        details={"call": call.id, "outcome": outcome.value},
    )
    return call


def _check(
    outcome: CallOutcome,
    promised_on: date | None,
    next_step: str,
    next_on: date | None,
    *,
    today: date,
) -> None:
    if outcome is CallOutcome.PROMISED and promised_on is None:
        raise CallRefused("promised_on", Wrong.NO_PROMISED_DAY)
    for field, day in (("promised_on", promised_on), ("next_on", next_on)):
        if day and day < today:
            raise CallRefused(field, Wrong.PAST)
        if day and day > today + LONGEST:
            raise CallRefused(field, Wrong.FAR)
    if next_step.strip() and next_on is None:
        raise CallRefused("next_on", Wrong.NO_NEXT_DAY)
