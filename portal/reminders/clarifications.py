"""Reminding of clarifications: once some days before the day asked for, once after it, never twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day, own_buyer
from portal.campaigns.plan import Schedule
from portal.followup import correspondence as letters
from portal.followup.clarification_models import Clarification
from portal.followup.clarification_queries import unanswered
from portal.followup.models import FollowUpReminder, Remark
from portal.outbox.models import Message
from portal.outbox.service import queue
from portal.reminders.rules import Due, due_step

# Days from the day asked for.
PLAN = (-3, 2)


def send_due(session: Session, now: datetime) -> list[FollowUpReminder]:
    """Queue the reminders of the session's buyer that are due; return their rows in the ledger.

    Of steps that were missed only the last is sent, and none that lay before the question itself.
    """
    buyer = own_buyer(session)
    sent = []
    for row in unanswered(session, local_day(session, now)):
        schedule = Schedule(PLAN, row.due_on, buyer.zone, buyer.country)
        last = letters.thread(session, row.correspondence)[-1].remark
        due = due_step(
            schedule, now, _done(session, row), asked_on=schedule.day_of(last.written_at)
        )
        if due and row.correspondence.contact.usable:
            sent.append(_send(session, row, due, last, now))
    return [each for each in sent if each]


def _done(session: Session, row: Clarification) -> set[str]:
    steps = sa.select(FollowUpReminder.step).where(
        FollowUpReminder.correspondence_id == row.correspondence_id,
        FollowUpReminder.due_on == row.due_on,
    )
    return {str(step) for step in session.scalars(steps)}


def _send(
    session: Session, row: Clarification, due: Due, last: Remark, now: datetime
) -> FollowUpReminder | None:
    """Queue one reminder with its row in the ledger; None if another worker was faster."""
    reminder = FollowUpReminder(
        correspondence_id=row.correspondence_id,
        due_on=row.due_on,
        step=int(due.step.name),
        sent_at=now,
    )
    try:
        with session.begin_nested():
            session.add(reminder)
            session.flush()
            _queue(session, row, last, overdue=due.step.day > row.due_on, now=now)
    except IntegrityError:
        return None
    return reminder


def _queue(
    session: Session, row: Clarification, last: Remark, *, overdue: bool, now: datetime
) -> Message:
    asked = session.scalars(
        sa.select(Message)
        .where(
            Message.correspondence_id == row.correspondence_id, Message.template == "clarification"
        )
        .order_by(Message.id.desc())
    ).first()
    return queue(
        session,
        template="clarification_reminder",
        locale=row.correspondence.locale,
        recipient=row.correspondence.contact.email,
        context={
            "question": asked.context["question"] if asked else "",
            "words": last.text,
            "due_on": row.due_on.isoformat(),
            "overdue": overdue,
        },
        correspondence_id=row.correspondence_id,
        now=now,
    )
