"""Two years side by side: all suppliers asked in each, and only those asked in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.deadlines import end_of_day
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.declarations.models import Declaration
from portal.questionnaires.validity import months_after
from portal.ratings.models import Finding, FindingStatus, RatingRecord
from portal.reports.year_figures import SupplierYear, YearFigures, figures, present_both


@dataclass(frozen=True)
class Year:
    """What is looked at: one campaign, or the twelve months that end on a day."""

    until: datetime
    """The figures are as of this moment."""
    campaign: Campaign | None = None
    since: datetime | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class TwoYears:
    """The figures of both years: over all suppliers asked, and over those asked in both."""

    all: tuple[YearFigures, YearFigures]
    both: tuple[YearFigures, YearFigures]


def campaign_years(first: Campaign, second: Campaign, now: datetime) -> tuple[Year, Year]:
    """Return both campaigns as years: each ends when it is closed or the other one begins, or now."""

    def year(one: Campaign, other: Campaign) -> Year:
        ends = [now, one.closed_at or now]
        if other.launched_at > one.launched_at:
            ends.append(other.launched_at)
        return Year(min(ends), campaign=one)

    return year(first, second), year(second, first)


def year_until(day: date, zone: str) -> Year:
    """Return the twelve months that end with `day` in `zone`."""
    since = end_of_day(months_after(day, -12), zone)
    return Year(end_of_day(day, zone), since=since, last_day=day)


def two_years(session: Session, first: Year, second: Year) -> TwoYears:
    """Return the figures of both years."""
    one, other = year_lines(session, first), year_lines(session, second)
    same_one, same_other = present_both(one, other)
    return TwoYears(
        (figures(one), figures(other)),
        (figures(same_one), figures(same_other)),
    )


def year_lines(session: Session, year: Year) -> list[SupplierYear]:
    """Return the suppliers asked in a year, withdrawn invitations left out, as they stood at its end."""
    asked = session.execute(
        sa.select(Invitation.supplier_id, Invitation.submitted_at).where(
            *_asked_in(year), Invitation.state != InvitationState.CANCELLED
        )
    ).all()
    answered = {
        row.supplier_id for row in asked if row.submitted_at and row.submitted_at < year.until
    }
    rated, found = _ratings(session, year), _findings(session, year)
    lines = []
    for supplier_id in sorted({row.supplier_id for row in asked}):
        band, residual = rated.get(supplier_id, ("", None))
        counts, closed = found.get(supplier_id, (Counter(), 0))
        lines.append(
            SupplierYear(supplier_id, supplier_id in answered, band, residual, counts, closed)
        )
    return lines


def _asked_in(year: Year) -> list[sa.ColumnElement[bool]]:
    if year.campaign is not None:
        return [Invitation.campaign_id == year.campaign.id]
    conditions = [Invitation.created_at < year.until]
    return [*conditions, Invitation.created_at >= year.since] if year.since else conditions


def _ratings(session: Session, year: Year) -> Mapping[int, tuple[str, float]]:
    """Return the band and residual risk (0-100) that each supplier had at the end of the year."""
    last = (
        sa.select(sa.func.max(RatingRecord.id))
        .where(RatingRecord.computed_at <= year.until)
        .group_by(RatingRecord.supplier_id)
    )
    rows = session.execute(
        sa.select(RatingRecord.supplier_id, RatingRecord.band, RatingRecord.residual).where(
            RatingRecord.id.in_(last)
        )
    )
    return {row.supplier_id: (row.band, row.residual) for row in rows}


def _findings(session: Session, year: Year) -> Mapping[int, tuple[Counter[str], int]]:
    """Return per supplier the findings of the year by severity, and how many were closed in it.

    What a correction has replaced does not count, nor do answers that only may not fit together.
    """
    replaced = sa.select(Declaration.supersedes_id).where(
        Declaration.supersedes_id.is_not(None), Declaration.signed_at < year.until
    )
    closed = sa.and_(Finding.status == FindingStatus.CLOSED, Finding.closed_at < year.until)
    rows = session.execute(
        sa.select(Finding.supplier_id, Finding.severity, sa.case((closed, 1), else_=0))
        .outerjoin(Declaration, Declaration.id == Finding.declaration_id)
        .outerjoin(Invitation, Invitation.id == Declaration.invitation_id)
        .where(
            Finding.created_at < year.until,
            Finding.check_id == "",
            sa.or_(Declaration.id.is_(None), Declaration.id.not_in(replaced)),
            *_found_in(year),
        )
    )
    found: dict[int, tuple[Counter[str], int]] = {}
    for supplier_id, severity, is_closed in rows:
        counts, number = found.get(supplier_id, (Counter(), 0))
        counts[severity] += 1
        found[supplier_id] = (counts, number + is_closed)
    return found


def _found_in(year: Year) -> list[sa.ColumnElement[bool]]:
    if year.campaign is not None:
        return [Invitation.campaign_id == year.campaign.id]
    return [Finding.created_at >= year.since] if year.since else []
