"""How far those who were asked have come: counted by the database, per campaign and group."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation
from portal.reports.standing import FUNNEL, Standing, condition
from portal.suppliers.models import Supplier

# What is counted beside the steps of the funnel.
_BESIDE = (
    Standing.OVERDUE,
    Standing.DECLINED,
    Standing.BOUNCED,
    Standing.TO_SIGN,
    Standing.TO_REVIEW,
)


class Grouping(enum.StrEnum):
    """What suppliers are grouped by; the value is the name of the column."""

    CRITICALITY = "criticality"
    COUNTRY = "country"


@dataclass(frozen=True)
class Funnel:
    """How many stand where; `invited` is the denominator of all others."""

    invited: int = 0
    delivered: int = 0
    started: int = 0
    submitted: int = 0
    signed: int = 0
    overdue: int = 0
    declined: int = 0
    bounced: int = 0
    to_sign: int = 0
    to_review: int = 0

    def __add__(self, other: Funnel) -> Funnel:
        names = self.__dataclass_fields__
        return Funnel(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def steps(self) -> list[tuple[Standing, int]]:
        """Return the steps in order, each with how many have come so far."""
        return [(step, getattr(self, step)) for step in FUNNEL]


@dataclass(frozen=True)
class Group:
    """The funnel of the suppliers that share `key`: a criticality or country, empty where unknown."""

    key: str
    funnel: Funnel


def funnels(session: Session, campaign_ids: Collection[int], now: datetime) -> dict[int, Funnel]:
    """Return the funnel of each of these campaigns."""
    counted = _counts(session, now).add_columns(Invitation.campaign_id)
    rows = session.execute(
        counted.where(Invitation.campaign_id.in_(campaign_ids)).group_by(Invitation.campaign_id)
    )
    found = {row[-1]: Funnel(*row[:-1]) for row in rows}
    return {campaign_id: found.get(campaign_id, Funnel()) for campaign_id in campaign_ids}


def groups(session: Session, campaign_id: int, by: Grouping, now: datetime) -> list[Group]:
    """Return the funnels of a campaign's suppliers, grouped; the unknown last."""
    column: Any = getattr(Supplier, by)
    rows = session.execute(
        _counts(session, now)
        .add_columns(column)
        .join(Supplier, Supplier.id == Invitation.supplier_id)
        .where(Invitation.campaign_id == campaign_id)
        .group_by(column)
        .order_by(column.is_(None), column)
    )
    return [Group(row[-1] or "", Funnel(*row[:-1])) for row in rows]


def _counts(session: Session, now: datetime) -> Any:
    counts = [
        sa.func.coalesce(sa.func.sum(sa.case((condition(session, one, now), 1), else_=0)), 0)
        for one in (*FUNNEL, *_BESIDE)
    ]
    return (
        sa.select(*counts)
        .select_from(Invitation)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
    )


@dataclass(frozen=True)
class Day:
    """How many answers came on a day, and how many had come by its end."""

    day: date
    came: int
    total: int


def response_curve(session: Session, campaign: Campaign, now: datetime) -> list[Day]:
    """Return every day from the launch until now (or the end), in the campaign's zone."""
    zone = ZoneInfo(campaign.zone)
    moments = session.scalars(
        sa.select(Invitation.submitted_at)
        .where(Invitation.campaign_id == campaign.id, Invitation.submitted_at.is_not(None))
        .execution_options(yield_per=1000)
    )
    came = Counter(moment.astimezone(zone).date() for moment in moments if moment)
    first = campaign.launched_at.astimezone(zone).date()
    last = min(now, campaign.closed_at or now).astimezone(zone).date()
    return curve(came, min([first, *came]), max([last, *came]))


def curve(came: Counter[date], first: date, last: date) -> list[Day]:
    """Return the days from `first` to `last` with what came on each and the running total."""
    found, total = [], 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        total += came[day]
        found.append(Day(day, came[day], total))
    return found
