"""A campaign's invitations as its page lists them: narrowed, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation
from portal.reports.register import PAGE_SIZE
from portal.reports.standing import Standing, condition
from portal.suppliers.models import Criticality, Supplier


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to; an empty value narrows nothing."""

    standing: Standing | None = None
    criticality: Criticality | None = None
    country: str = ""


@dataclass(frozen=True)
class Page:
    """One page of invitations, counted from 1, and how many there are on all pages."""

    rows: list[Invitation]
    total: int
    page: int

    @property
    def first(self) -> int:
        """The number of the page's first row, counted from 1."""
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The number of the page's last row."""
        return self.first + len(self.rows) - 1


def invitation_page(
    session: Session, campaign_id: int, narrowed: Narrowed, page: int, now: datetime
) -> Page:
    """Return a page of the campaign's invitations by the suppliers' names."""
    wanted = (
        sa.select(Invitation)
        .join(Supplier, Invitation.supplier_id == Supplier.id)
        .join(Campaign, Invitation.campaign_id == Campaign.id)
        .where(Invitation.campaign_id == campaign_id)
    )
    if narrowed.standing:
        wanted = wanted.where(condition(session, narrowed.standing, now))
    if narrowed.criticality:
        wanted = wanted.where(Supplier.criticality == narrowed.criticality)
    if narrowed.country:
        wanted = wanted.where(Supplier.country == narrowed.country)
    total = session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(sa.func.lower(Supplier.name), Invitation.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page(list(rows), total, page)


def countries_asked(session: Session, campaign_id: int) -> list[str]:
    """Return the codes of the countries whose suppliers a campaign asks."""
    return list(
        session.scalars(
            sa.select(Supplier.country)
            .join(Invitation, Invitation.supplier_id == Supplier.id)
            .where(Invitation.campaign_id == campaign_id)
            .distinct()
            .order_by(Supplier.country)
        )
    )
