"""Export `calls`, and the list of suppliers to call as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation
from portal.followup.call_models import Call, CallOutcome
from portal.followup.calls import ToCall
from portal.reports.export import Column, Export, Row, Subject, Wanted, field, table
from portal.reports.invitations import campaign_fields, in_campaign, supplier_fields
from portal.suppliers.models import Contact, Supplier


@dataclass(frozen=True)
class CallList:
    """Columns and rows, one per supplier to call."""

    columns: tuple[Column, ...]
    rows: Iterator[Row]


COLUMNS = tuple(
    Column(name, kind)
    for name, kind in (
        ("supplier_key", "text"),
        ("supplier_name", "text"),
        ("criticality", "A|B|C"),
        ("campaign", "text"),
        ("contact_name", "text"),
        ("contact_phone", "text"),
        ("contact_email", "text"),
        ("days_late", "int"),
        ("next_on", "date"),
        ("last_called_at", "datetime"),
        ("last_outcome", "reached|not_reached|promised|refuses|wrong_number"),
        ("last_note", "text"),
        ("next_step", "text"),
    )
)


def call_list(found: Iterable[ToCall]) -> CallList:
    """Return `found` as a table, in its order."""
    return CallList(COLUMNS, (_row(one) for one in found))


def _row(one: ToCall) -> Row:
    supplier, last = one.invitation.supplier, one.last
    return [
        supplier.key,
        supplier.name,
        supplier.criticality,
        one.invitation.campaign.title,
        one.contact.name,
        one.contact.phone,
        one.contact.email,
        one.days_late,
        one.next_on,
        last.called_at if last else None,
        last.outcome if last else None,
        last.note if last else "",
        last.next_step if last else "",
    ]


def calls(session: Session, wanted: Wanted) -> Export:
    """Return the export: one row per call."""
    fields = [
        field("call_id", "id", Call.id),
        *supplier_fields(),
        field("called_at", "datetime", Call.called_at),
        field("outcome", "|".join(CallOutcome), Call.outcome),
        field("promised_on", "date", Call.promised_on, note="where an answer was promised"),
        field("next_step", "text", Call.next_step),
        field("next_on", "date", Call.next_on),
        field("note", "text", Call.note, personal=True),
        field("contact_name", "text", Contact.name, personal=True),
        field("contact_phone", "text", Contact.phone, personal=True, note="as it is today"),
        field("called_by", "text", Call.called_by, personal=True),
        *campaign_fields(),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(Call)
            .join(Invitation, Invitation.id == Call.invitation_id)
            .join(Campaign, Campaign.id == Invitation.campaign_id)
            .join(Supplier, Supplier.id == Call.supplier_id)
            .outerjoin(Contact, Contact.id == Call.contact_id)
            .order_by(Call.id)
        )
        return statement.where(in_campaign(wanted))

    return table(session, Subject.CALLS, fields, narrow, personal_data=wanted.personal_data)
