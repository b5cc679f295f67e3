"""Who has let the deadline and the last reminder pass without a word."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.deadlines import last_day
from portal.campaigns.models import Campaign, Invitation
from portal.campaigns.plan import Schedule
from portal.ratings.case import State
from portal.ratings.invitations import overdue_at
from portal.ratings.models import RatingRecord
from portal.ratings.rated_kinds import is_rated
from portal.ratings.residual import Basis
from portal.ratings.standing import SILENT
from portal.suppliers.models import Supplier


def silent_suppliers(session: Session, now: datetime) -> list[int]:
    """Return the suppliers that are overdue at `now` and not rated so yet, by id."""
    country = session.get_one(Buyer, store.scoped_buyer_id(session)).country
    pairs = session.execute(
        sa.select(Invitation.campaign_id, last_day().label("deadline"))
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(Invitation.state.in_(SILENT))
        .distinct()
    ).all()
    found: set[int] = set()
    for campaign_id, day in pairs:
        campaign = session.get_one(Campaign, campaign_id)
        schedule = Schedule(tuple(campaign.reminder_plan), day, campaign.zone, country)
        if overdue_at(schedule) <= now:
            found.update(session.scalars(_silent_in(campaign_id, day)))
    return sorted(found)


def _silent_in(campaign_id: int, day: date) -> sa.Select[int]:
    """Return the suppliers of a campaign that had until `day` and are not rated as silent yet."""
    return (
        sa.select(Invitation.supplier_id)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .join(Supplier, Supplier.id == Invitation.supplier_id)
        .where(
            is_rated(),
            Invitation.campaign_id == campaign_id,
            Invitation.state.in_(SILENT),
            last_day() == day,
            Invitation.supplier_id.not_in(_rated_silent()),
        )
    )


def _rated_silent() -> sa.Select[int]:
    """Return the suppliers whose newest rating says already that they did not answer."""
    newest = sa.select(sa.func.max(RatingRecord.id)).group_by(RatingRecord.supplier_id)
    silent = sa.and_(
        RatingRecord.basis == Basis.PUBLIC_DOCUMENTS,
        RatingRecord.inputs["case"]["state"].as_string() == State.OVERDUE,
    )
    return sa.select(RatingRecord.supplier_id).where(
        RatingRecord.id.in_(newest), sa.or_(RatingRecord.basis == Basis.NOT_ANSWERED, silent)
    )
