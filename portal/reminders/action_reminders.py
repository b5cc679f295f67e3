"""Reminders of corrective actions, before and after their day; the ledger keeps each from going twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.buyers.models import Buyer
from portal.buyers.queries import own_buyer
from portal.campaigns.plan import Schedule
from portal.followup.action_models import CorrectiveAction, StepKind
from portal.followup.action_queries import steps_of
from portal.followup.actions import WAITED_FOR
from portal.followup.models import FollowUpReminder
from portal.followup.proposals import waiting
from portal.followup.sharing import tell_supplier
from portal.reminders.rules import Due, due_step

# Days from the day an action is due: a week before, the day after, and a week later.
PLAN = (-7, 1, 8)
BEFORE, AFTER = "action_reminder", "action_overdue"


def send_due(session: Session, now: datetime) -> int:
    """Queue what is due for the session's buyer at `now` and return how many mails that was.

    Nobody is reminded who has said that it is done, whose proposal waits for an answer, or who may
    not be mailed.
    """
    buyer = own_buyer(session)
    found = _reminded_of(session)
    done = _ledger(session, [action.correspondence_id for action in found])
    sent = 0
    for action in found:
        schedule = _schedule(action.due_on, buyer)
        steps = steps_of(session, action)
        shared = [step.at for step in steps if step.kind is StepKind.SHARED]
        known = done[action.correspondence_id, action.due_on]
        due = due_step(schedule, now, known, schedule.day_of(shared[-1]))
        if due and waiting(steps) is None and _send(session, action, due, schedule, now):
            sent += 1
    return sent


def _reminded_of(session: Session) -> list[CorrectiveAction]:
    """Return the actions somebody still has to do, of those that were shared."""
    rows = session.scalars(
        sa.select(CorrectiveAction)
        .where(
            CorrectiveAction.state.in_(WAITED_FOR), CorrectiveAction.correspondence_id.is_not(None)
        )
        .order_by(CorrectiveAction.id)
    )
    return [row for row in rows if row.correspondence and row.correspondence.contact.usable]


def _schedule(due_on: date, buyer: Buyer) -> Schedule:
    return Schedule(PLAN, due_on, buyer.zone, buyer.country)


def _ledger(
    session: Session, thread_ids: Iterable[int | None]
) -> dict[tuple[int | None, date], set[str]]:
    done: dict[tuple[int | None, date], set[str]] = defaultdict(set)
    rows = sa.select(FollowUpReminder).where(FollowUpReminder.correspondence_id.in_(thread_ids))
    for row in session.scalars(rows):
        done[row.correspondence_id, row.due_on].add(str(row.step))
    return done


def _send(
    session: Session, action: CorrectiveAction, due: Due, schedule: Schedule, now: datetime
) -> bool:
    """Queue one reminder with its rows in the ledger; False if another worker was faster."""
    template = AFTER if schedule.day_of(now) > action.due_on else BEFORE
    try:
        with session.begin_nested():
            session.add_all(
                FollowUpReminder(
                    correspondence_id=action.correspondence_id,
                    due_on=action.due_on,
                    step=int(step.name),
                    sent_at=now,
                )
                for step in (*due.passed_over, due.step)
            )
            session.flush()
            return tell_supplier(session, action, template, now) is not None
    except IntegrityError:
        return False
