"""Export `public_answers`: what the buyer read in public documents for suppliers that were silent."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation
from portal.reports.export import Export, Subject, Wanted, field, table
from portal.reports.invitations import campaign_fields, in_campaign, supplier_fields
from portal.reviews.models import PublicAnswer
from portal.reviews.public_answers import declared_since
from portal.store import JsonObject
from portal.suppliers.models import Supplier


def public_answers(session: Session, wanted: Wanted) -> Export:
    """Return the export: one row each time something was kept or taken back."""
    fields = [
        *supplier_fields(),
        field("question_id", "id", PublicAnswer.question_id),
        field("answer", "json", PublicAnswer.answer, read=_value, note="empty where taken back"),
        field("answered_by", "buyer", PublicAnswer.id, read=lambda _: "buyer", note="never signed"),
        field("url", "text", PublicAnswer.url),
        field("read_on", "date", PublicAnswer.read_on),
        field("note", "text", PublicAnswer.note),
        field("kept_at", "datetime", PublicAnswer.answered_at),
        field("read_by", "text", PublicAnswer.answered_by, personal=True),
        field(
            "superseded",
            "bool",
            declared_since(),
            note="the supplier has declared itself since it was asked",
        ),
        *campaign_fields(),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(PublicAnswer)
            .join(Invitation, Invitation.id == PublicAnswer.invitation_id)
            .join(Campaign, Campaign.id == Invitation.campaign_id)
            .join(Supplier, Supplier.id == Invitation.supplier_id)
            .order_by(PublicAnswer.id)
        )
        return statement.where(in_campaign(wanted))

    return table(
        session, Subject.PUBLIC_ANSWERS, fields, narrow, personal_data=wanted.personal_data
    )


def _value(answer: JsonObject) -> str:
    return json.dumps(answer["value"], ensure_ascii=False) if answer else ""
