"""What became of a supplier's invitations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.deadlines import end_of_day, last_day
from portal.campaigns.models import Campaign, Invitation
from portal.campaigns.plan import Schedule
from portal.ratings.standing import Asked


def overdue_at(schedule: Schedule) -> datetime:
    """Return the moment from which an invitation with `schedule` counts as not answered."""
    return end_of_day(schedule.overdue_after(), schedule.zone)


_INVITED = (
    sa.select(
        Invitation.supplier_id,
        Invitation.campaign_id,
        Invitation.state,
        Invitation.created_at,
        Invitation.submitted_at,
        Invitation.declined_at,
        last_day().label("deadline"),
        Campaign.zone,
        Campaign.reminder_plan,
    )
    .join(Campaign, Campaign.id == Invitation.campaign_id)
    .where(Invitation.supplier_id.in_(sa.bindparam("supplier_ids", expanding=True)))
)


def asked(session: Session, supplier_ids: Sequence[int]) -> dict[int, list[Asked]]:
    """Return what became of the suppliers' invitations, by supplier id."""
    country = session.get_one(Buyer, store.scoped_buyer_id(session)).country

    @cache
    def silent_from(plan: tuple[int, ...], deadline: date, zone: str) -> datetime:
        return overdue_at(Schedule(plan, deadline, zone, country))

    found: dict[int, list[Asked]] = defaultdict(list)
    for row in session.execute(_INVITED, {"supplier_ids": supplier_ids}):
        one = Asked(
            campaign_id=row.campaign_id,
            state=row.state,
            invited_at=row.created_at,
            overdue_at=silent_from(tuple(row.reminder_plan), row.deadline, row.zone),
            submitted_at=row.submitted_at,
            declined_at=row.declined_at,
        )
        found[row.supplier_id].append(one)
    return found
