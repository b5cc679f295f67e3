"""Silence after two reminders: whoever looks after the supplier is told, once per invitation.

One mail per person and day lists all suppliers that have fallen silent since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.buyers.queries import local_day, own_buyer, users
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.campaigns.plan import Schedule
from portal.events.models import Actor
from portal.events.service import Entry, record_all
from portal.followup.alert_models import Duty
from portal.followup.duties import people, tell
from portal.outbox.models import Message
from portal.reminders.models import Escalation, Reminder
from portal.reminders.rules import may_send, start_of_day
from portal.store import JsonObject
from portal.suppliers.models import Supplier

TEMPLATE = "user_silence"
# Steps of the plan that go by without an answer before anybody else hears of it.
UNANSWERED_STEPS = 2
# More names make a mail nobody reads; the page behind its link has them all.
_NAMED = 50


def escalate(session: Session, now: datetime) -> list[Escalation]:
    """Tell of the suppliers that have not begun after two reminders; return the ledger rows.

    In office hours only. Who got such a mail today waits for tomorrow with the rest.
    """
    if not _office_hours(session, now):
        return []
    silent = _silent(session, now)
    if not silent:
        return []
    told_today = _told_today(session, now)
    readers = _readers(session, silent)
    ready = [one for one in silent if not told_today & {user.email for user in readers[one.id]}]
    try:
        with session.begin_nested():
            rows = _write(session, ready, readers, now)
            _tell(session, ready, readers, now)
    except IntegrityError:  # another worker was faster
        return []
    return rows


def _tell(
    session: Session,
    ready: Iterable[Invitation],
    readers: dict[int, list[User]],
    now: datetime,
) -> None:
    """Queue one mail to each reader, about all of `ready` that are theirs."""
    by_id = {user.id: user for found in readers.values() for user in found}
    lists: dict[int, list[Invitation]] = defaultdict(list)
    for invitation in ready:
        for user in readers[invitation.id]:
            lists[user.id].append(invitation)
    for user_id, invitations in lists.items():
        tell(session, by_id[user_id], TEMPLATE, _listed(invitations), now)


def _office_hours(session: Session, now: datetime) -> bool:
    buyer = own_buyer(session)
    return may_send(Schedule((), local_day(session, now), buyer.zone, buyer.country), now)


def _silent(session: Session, now: datetime) -> list[Invitation]:
    """Return who has not begun, was mailed two steps of the plan before today, and is in no ledger row.

    Steps that were passed over after an outage have no mail, and one by hand is not of the plan.
    """
    mailed = (
        sa.select(sa.func.count(Reminder.id))
        .where(
            Reminder.invitation_id == Invitation.id,
            Reminder.message_id.is_not(None),
            Reminder.created_by == "",
            Reminder.created_at < _today_began(session, now),
        )
        .correlate(Invitation)
        .scalar_subquery()
    )
    rows = (
        sa.select(Invitation)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .join(Supplier, Supplier.id == Invitation.supplier_id)
        .where(
            Invitation.state == InvitationState.SENT,
            Campaign.closed_at.is_(None),
            ~sa.exists().where(Escalation.invitation_id == Invitation.id),
            mailed >= UNANSWERED_STEPS,
        )
        .order_by(Invitation.campaign_id, Supplier.name, Invitation.id)
    )
    return list(session.scalars(rows))


def _today_began(session: Session, now: datetime) -> datetime:
    return start_of_day(local_day(session, now), own_buyer(session).zone)


def _told_today(session: Session, now: datetime) -> set[str]:
    rows = sa.select(Message.recipient).where(
        Message.template == TEMPLATE, Message.created_at >= _today_began(session, now)
    )
    return set(session.scalars(rows))


def _readers(session: Session, silent: Iterable[Invitation]) -> dict[int, list[User]]:
    """Return whom to tell, by invitation: the user responsible for the supplier, else those named."""
    own = {user.id: user for user in users(session) if user.active}
    named = people(session, Duty.SILENCE)
    return {
        one.id: [own[responsible]]
        if (responsible := one.supplier.responsible_user_id) in own
        else named
        for one in silent
    }


def _listed(invitations: Iterable[Invitation]) -> JsonObject:
    """Return what the mail shows: the suppliers by campaign, with how many more there are."""
    names: dict[int, list[str]] = defaultdict(list)
    titles: dict[int, str] = {}
    for each in invitations:
        names[each.campaign_id].append(each.supplier.name)
        titles[each.campaign_id] = each.campaign.title
    return {
        "count": sum(map(len, names.values())),
        "campaigns": [
            {
                "id": campaign_id,
                "title": titles[campaign_id],
                "suppliers": found[:_NAMED],
                "more": len(found[_NAMED:]),
            }
            for campaign_id, found in names.items()
        ],
    }


def _write(
    session: Session,
    ready: Sequence[Invitation],
    readers: dict[int, list[User]],
    now: datetime,
) -> list[Escalation]:
    rows = [
        Escalation(invitation_id=one.id, told=[user.email for user in readers[one.id]], at=now)
        for one in ready
    ]
    session.add_all(rows)
    session.flush()
    entries = [
        Entry(
            at=now,
            actor_kind=Actor.SYSTEM,
            actor="",
            action="invitation.escalated",
            subject_kind="invitation",
            subject_id=one.public_id,
            details={"told": row.told},
        )
        for one, row in zip(ready, rows, strict=True)
    ]
    if entries:
        record_all(session, entries)
    return rows
