"""Reading campaigns and their invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from portal.campaigns.deadlines import late, overdue
from portal.campaigns.models import Campaign, Invitation, InvitationState, NotAsked
from portal.suppliers.models import Supplier

# Beside the states that are kept: two that are computed.
OVERDUE, LATE = "overdue", "late"


@dataclass(frozen=True)
class CampaignLine:
    """A campaign with how many of its invitations are in which state."""

    campaign: Campaign
    counts: dict[InvitationState, int]

    @property
    def asked(self) -> int:
        """How many suppliers were asked."""
        return sum(self.counts.values())

    @property
    def state(self) -> str:
        """Whether it is `running` or `closed`."""
        return "closed" if self.campaign.closed_at else "running"


def campaign_lines(session: Session, ids: Sequence[int] | None = None) -> list[CampaignLine]:
    """Return all campaigns, or those of `ids`, the newest first."""
    wanted = sa.select(Campaign).order_by(Campaign.launched_at.desc(), Campaign.id.desc())
    counted = sa.select(Invitation.campaign_id, Invitation.state, sa.func.count(Invitation.id))
    if ids is not None:
        wanted = wanted.where(Campaign.id.in_(ids))
        counted = counted.where(Invitation.campaign_id.in_(ids))
    counts: dict[int, dict[InvitationState, int]] = {}
    for campaign_id, state, count in session.execute(
        counted.group_by(Invitation.campaign_id, Invitation.state)
    ):
        counts.setdefault(campaign_id, {})[state] = count
    return [CampaignLine(each, counts.get(each.id, {})) for each in session.scalars(wanted)]


def invitations(session: Session, campaign_id: int) -> list[Invitation]:
    """Return the invitations of a campaign by their suppliers' names."""
    return list(
        session.scalars(
            sa.select(Invitation)
            .join(Supplier, Invitation.supplier_id == Supplier.id)
            .where(Invitation.campaign_id == campaign_id)
            .order_by(Supplier.name, Invitation.id)
        )
    )


def not_asked(session: Session, campaign_id: int) -> list[NotAsked]:
    """Return who was left out of a campaign because earlier answers still held, by name."""
    return list(
        session.scalars(
            sa.select(NotAsked)
            .join(Supplier, NotAsked.supplier_id == Supplier.id)
            .where(NotAsked.campaign_id == campaign_id)
            .options(contains_eager(NotAsked.supplier))
            .order_by(Supplier.name, Supplier.id)
        )
    )


def filtered(found: Sequence[Invitation], state: str, now: datetime) -> list[Invitation]:
    """Return those in `state`: a kept one, `overdue`, or `late`; all where it is empty."""
    if state == OVERDUE:
        return [each for each in found if overdue(each, now)]
    if state == LATE:
        return [each for each in found if late(each)]
    return [each for each in found if not state or each.state == state]
