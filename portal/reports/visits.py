"""Export `visits`: one row per visit, audit or spot check."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.followup.visit_models import Visit, VisitFile, VisitKind, VisitResult
from portal.reports.export import Export, Subject, Wanted, field, table
from portal.reports.invitations import supplier_fields
from portal.suppliers.models import Supplier


def visits(session: Session, wanted: Wanted) -> Export:
    """Return the export; for a campaign, of the suppliers it asked."""
    fields = [
        field("visit_id", "id", Visit.id, note="the number in the page's address"),
        *supplier_fields(),
        field("kind", "|".join(VisitKind), Visit.kind),
        field("planned_from", "date", Visit.planned_from),
        field("planned_to", "date", Visit.planned_to, note="where it is a period"),
        field("done_on", "date", Visit.done_on),
        field("result", "|".join(VisitResult), Visit.result),
        field("text", "text", Visit.text, note="what was found, or why it was not carried out"),
        field("next_on", "date", Visit.next_on),
        field("files", "int", _files()),
        field("who", "text", Visit.who, personal=True),
        field("created_at", "datetime", Visit.created_at),
        field("created_by", "text", Visit.created_by, personal=True),
        field("updated_at", "datetime", Visit.updated_at),
        field("supplier_country", "iso3166", Supplier.country),
        field("criticality", "A|B|C", Supplier.criticality, note="as it is today"),
        field("supplier_key", "text", Supplier.key, note="the buyer's own key"),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(Visit)
            .join(Supplier, Supplier.id == Visit.supplier_id)
            .order_by(Visit.id)
        )
        if wanted.campaign_id is None:
            return statement
        asked = sa.select(Invitation.supplier_id).where(
            Invitation.campaign_id == wanted.campaign_id
        )
        return statement.where(Visit.supplier_id.in_(asked))

    return table(session, Subject.VISITS, fields, narrow, personal_data=wanted.personal_data)


def _files() -> Any:
    return (
        sa.select(sa.func.count(VisitFile.id))
        .where(VisitFile.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
    )
