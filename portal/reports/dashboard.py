"""What the buyer sees first: how many have answered, who is late, what is alarming, what to do today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.campaigns.deadlines import OPEN_STATES
from portal.campaigns.models import Campaign, Invitation
from portal.followup.action_queries import count_overdue, count_to_check
from portal.followup.clarification_queries import State, count_in
from portal.followup.visit_queries import pressing
from portal.ratings.models import Finding, FindingStatus
from portal.reports.funnel import Funnel, funnels
from portal.reports.standing import Standing, condition

# In the order in which they should be done.
TASKS = (Standing.BOUNCED, Standing.REFERRED, Standing.SILENT, Standing.TO_SIGN)
# Campaigns shown on the dashboard; their list has all.
SHOWN = 12


@dataclass(frozen=True)
class Alarms:
    """Open findings that cannot wait."""

    red_flags: int
    critical: int
    high: int


@dataclass(frozen=True)
class Task:
    """Something to do: how many invitations of a campaign stand so."""

    standing: Standing
    campaign_id: int
    campaign_title: str
    count: int


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody here beside the campaigns: how many of each."""

    actions_to_check: int
    actions_overdue: int
    clarifications_answered: int
    visits_overdue: int
    visits_soon: int

    @property
    def total(self) -> int:
        """How many in all."""
        return (
            self.actions_to_check
            + self.actions_overdue
            + self.clarifications_answered
            + self.visits_overdue
            + self.visits_soon
        )


@dataclass(frozen=True)
class Dashboard:
    """The figures; `total` is over all running campaigns."""

    campaigns: Sequence[tuple[Campaign, Funnel]]
    running: int
    closed: int
    total: Funnel
    alarms: Alarms
    tasks: Sequence[Task]
    waiting: Waiting

    @property
    def task_count(self) -> int:
        """How many things there are to do."""
        return count_of(self.tasks, self.alarms, self.waiting)


def dashboard(session: Session, now: datetime) -> Dashboard:
    """Return the figures of the session's buyer at `now`."""
    campaigns = list(
        session.scalars(
            sa.select(Campaign).order_by(
                Campaign.closed_at.is_not(None), Campaign.launched_at.desc(), Campaign.id.desc()
            )
        )
    )
    running = [campaign for campaign in campaigns if campaign.closed_at is None]
    shown = campaigns[: max(SHOWN, len(running))]
    counted = funnels(session, [campaign.id for campaign in shown], now)
    return Dashboard(
        campaigns=[(campaign, counted[campaign.id]) for campaign in shown],
        running=len(running),
        closed=len(campaigns) - len(running),
        total=sum((counted[campaign.id] for campaign in running), Funnel()),
        alarms=alarms(session),
        tasks=list(tasks(session, now)),
        waiting=waiting(session, now),
    )


def alarms(session: Session) -> Alarms:
    """Return how many findings are open that cannot wait.

    Those of an owner of an agreement count too: it has no rating that could show them, and people
    work under the agreement. The list behind says whose they are.
    """

    def count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    row = session.execute(
        sa.select(
            count(Finding.red_flag.is_(True)),
            count(Finding.severity == "critical"),
            count(Finding.severity == "high"),
        ).where(Finding.status == FindingStatus.OPEN)
    ).one()
    return Alarms(*row)


def tasks(session: Session, now: datetime) -> Iterator[Task]:
    """Yield what is to be done about the invitations of running campaigns."""
    counts = [
        sa.func.sum(sa.case((condition(session, standing, now), 1), else_=0)) for standing in TASKS
    ]
    rows = session.execute(
        sa.select(Campaign.id, Campaign.title, *counts)
        .select_from(Invitation)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(Campaign.closed_at.is_(None), Invitation.state.in_(OPEN_STATES))
        .group_by(Campaign.id, Campaign.title)
        .order_by(Campaign.id)
    ).all()
    for place, standing in enumerate(TASKS, 2):
        yield from (Task(standing, row[0], row[1], row[place]) for row in rows if row[place])


def waiting(session: Session, now: datetime) -> Waiting:
    """Return how many corrective actions, clarifications and visits wait for somebody here."""
    today, visits = local_day(session, now), pressing(session, now)
    return Waiting(
        actions_to_check=count_to_check(session),
        actions_overdue=count_overdue(session, today),
        clarifications_answered=count_in(session, today, State.ANSWERED),
        visits_overdue=visits.overdue,
        visits_soon=visits.soon,
    )


def task_count(session: Session, now: datetime) -> int:
    """Return how many things there are to do: the number in every page's header."""
    return count_of(list(tasks(session, now)), alarms(session), waiting(session, now))


def count_of(found: Sequence[Task], alarming: Alarms, other: Waiting) -> int:
    """Return how many invitations, red flags and other things wait for somebody."""
    return sum(task.count for task in found) + alarming.red_flags + other.total
