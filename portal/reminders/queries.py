"""Who is due for a reminder, and what was sent before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.campaigns.plan import Schedule, Step
from portal.outbox.models import Message, MessageState
from portal.reminders.models import Reminder
from portal.reminders.rules import Due, due_step, latest_step, may_send, start_of_day
from portal.suppliers.models import Contact

# An invitation that is not out yet, or has come to an end in any way, is not reminded.
REMINDABLE = (InvitationState.SENT, InvitationState.STARTED)


@dataclass(frozen=True)
class DueReminder:
    """An invitation whose step is due, with the schedule it follows."""

    invitation: Invitation
    schedule: Schedule
    due: Due


def schedule_of(campaign: Campaign, extended_to: date | None, country: str) -> Schedule:
    """Return the schedule of an invitation: that of the campaign, or of its own later deadline."""
    return Schedule(
        plan=tuple(campaign.reminder_plan),
        deadline=extended_to or campaign.deadline,
        zone=campaign.zone,
        country=country,
    )


def due_reminders(session: Session, now: datetime, limit: int = 200) -> list[DueReminder]:
    """Return at most `limit` of the session's buyer's invitations that are to be reminded at `now`.

    Nobody who has answered, declined, left, objected or cannot be reached is among them; empty
    outside office hours.
    """
    found: list[DueReminder] = []
    country = session.get_one(Buyer, store.scoped_buyer_id(session)).country
    for campaign, extended_to in _deadlines(session):
        schedule = schedule_of(campaign, extended_to, country)
        latest = latest_step(schedule, now)
        if latest is None or not may_send(schedule, now):
            continue
        waiting = _waiting(campaign, extended_to, latest, schedule.zone)
        invitations = session.scalars(waiting.limit(limit - len(found))).all()
        found += _due(session, invitations, schedule, now)
        if len(found) >= limit:
            break
    return found


def _deadlines(session: Session) -> list[tuple[Campaign, date | None]]:
    """Return the running campaigns, each with every deadline that somebody there has."""
    pairs = session.execute(
        sa.select(Invitation.campaign_id, Invitation.extended_to)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(Campaign.closed_at.is_(None), Invitation.state.in_(REMINDABLE))
        .distinct()
    ).all()
    campaigns = {key: session.get_one(Campaign, key) for key in {pair[0] for pair in pairs}}
    ordered = sorted(pairs, key=lambda pair: (pair[0], pair[1] or date.min))
    return [(campaigns[campaign_id], extended_to) for campaign_id, extended_to in ordered]


def _waiting(
    campaign: Campaign, extended_to: date | None, latest: Step, zone: str
) -> sa.Select[Invitation]:
    """Return the invitations with this deadline that may be mailed and still lack `latest`."""
    in_ledger = sa.exists().where(
        Reminder.invitation_id == Invitation.id, Reminder.step == latest.name
    )
    return (
        sa.select(Invitation)
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(
            Invitation.campaign_id == campaign.id,
            Invitation.extended_to.is_(None)
            if extended_to is None
            else Invitation.extended_to == extended_to,
            Invitation.state.in_(REMINDABLE),
            asked_at() < start_of_day(latest.day, zone),
            Contact.bounced_at.is_(None),
            Contact.left_at.is_(None),
            Contact.objected_at.is_(None),
            ~in_ledger,
        )
        .order_by(Invitation.id)
    )


def _due(
    session: Session, invitations: Sequence[Invitation], schedule: Schedule, now: datetime
) -> Iterator[DueReminder]:
    done = _ledger(session, [invitation.id for invitation in invitations])
    for invitation in invitations:
        asked_on = schedule.day_of(invitation.sent_at or invitation.created_at)
        due = due_step(schedule, now, done[invitation.id], asked_on)
        if due:
            yield DueReminder(invitation, schedule, due)


def asked_at() -> sa.ColumnElement[datetime]:
    """Return when an invitation went out; one handed over by other ways has no mail to go by."""
    return sa.func.coalesce(Invitation.sent_at, Invitation.created_at)


def _ledger(session: Session, invitation_ids: Iterable[int]) -> dict[int, set[str]]:
    done: dict[int, set[str]] = defaultdict(set)
    rows = sa.select(Reminder.invitation_id, Reminder.step).where(
        Reminder.invitation_id.in_(invitation_ids)
    )
    for invitation_id, step in session.execute(rows):
        done[invitation_id].add(step)
    return done


def last_mail(session: Session, invitation: Invitation) -> Message | None:
    """Return the newest mail of `invitation` that went out or is about to; None without one."""
    return session.scalars(
        sa.select(Message)
        .where(
            Message.invitation_id == invitation.id,
            Message.state.in_((MessageState.QUEUED, MessageState.SENDING, MessageState.SENT)),
        )
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
    ).first()


def reminders_of(session: Session, invitation: Invitation) -> list[Reminder]:
    """Return the ledger of `invitation`, oldest first; passed-over steps have no message."""
    return list(
        session.scalars(
            sa.select(Reminder)
            .where(Reminder.invitation_id == invitation.id)
            .order_by(Reminder.due_on, Reminder.id)
        )
    )
