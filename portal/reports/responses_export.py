"""Export `responses`: who was asked, each reminder and call, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.deadlines import deadline_day
from portal.campaigns.models import Campaign
from portal.reports.export import Column, Export, Row, Subject, Wanted, joined
from portal.reports.responses import Outcome, Response, responses

_COLUMNS = (
    Column("supplier_id", "id", "the number in the page's address"),
    Column("supplier_name", "text"),
    Column("supplier_country", "iso3166"),
    Column("criticality", "A|B|C", "empty until judged"),
    Column("category", "text"),
    Column("outcome", "|".join(Outcome), "as of the moment the file was made"),
    Column("asked_at", "datetime", "when the mail went out"),
    Column("due_on", "date", "end of this day in the buyer's zone"),
    Column("reminders_sent", "int"),
    Column("reminded_at", "datetimes", "each reminder, in UTC"),
    Column("calls", "int"),
    Column("called_at", "datetimes", "each call, in UTC"),
    Column("call_outcomes", "texts"),
    Column("answered_at", "datetime"),
    Column("declined_at", "datetime"),
    Column("decline_kind", "wrong_company|not_relevant|refuses|other"),
    Column("decline_reason", "text", "as the supplier wrote it"),
    Column("bounced_at", "datetime"),
    Column("supplier_key", "text", "the buyer's own key"),
    Column("campaign_id", "id"),
    Column("campaign_title", "text"),
    Column("invitation_id", "id", "names it in mails; opens nothing"),
)


def responses_export(session: Session, wanted: Wanted, now: datetime) -> Export:
    """Return the export; outcomes are told as of `now`."""
    campaigns = sa.select(Campaign.id).order_by(Campaign.id)
    if wanted.campaign_id is not None:
        campaigns = campaigns.where(Campaign.id == wanted.campaign_id)
    return Export(
        Subject.RESPONSES, _COLUMNS, _rows(session, session.scalars(campaigns).all(), now)
    )


def _rows(session: Session, campaign_ids: Iterable[int], now: datetime) -> Iterator[Row]:
    for campaign_id in campaign_ids:
        yield from map(_row, responses(session, campaign_id, now))


def _row(one: Response) -> Row:
    invitation, supplier = one.invitation, one.invitation.supplier
    return [
        supplier.id,
        supplier.name,
        supplier.country,
        supplier.criticality,
        supplier.category,
        one.outcome,
        invitation.sent_at,
        deadline_day(invitation),
        len(one.reminded_at),
        _moments(one.reminded_at),
        len(one.calls),
        _moments(call.called_at for call in one.calls),
        joined(call.outcome for call in one.calls),
        invitation.submitted_at,
        invitation.declined_at,
        invitation.decline_kind,
        invitation.decline_reason,
        invitation.bounced_at,
        supplier.key,
        invitation.campaign_id,
        invitation.campaign.title,
        invitation.public_id,
    ]


def _moments(moments: Iterable[datetime]) -> str:
    return joined(f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in moments)
