"""Exports `findings`, `ratings` and `events`: what was revealed, how it was rated, who did what."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.campaigns.models import Campaign, Invitation
from portal.declarations.models import Declaration
from portal.events.models import Actor, Event
from portal.followup.action_models import Allegation, Certainty, Involvement, SourceKind
from portal.ratings.models import Finding, RatingOverride, RatingRecord, RatingTrigger
from portal.reports.export import Export, Subject, Wanted, field, joined, table
from portal.reports.invitations import campaign_fields, in_campaign, supplier_fields
from portal.reports.overridden import overridden_fields, override_id
from portal.store import JsonObject
from portal.suppliers.models import Supplier


def findings(session: Session, wanted: Wanted) -> Export:
    """Return the export: one row per finding."""
    fields = [
        field("finding_id", "uuid", Finding.public_id),
        field("declaration_id", "uuid", Declaration.public_id, note="empty where others report it"),
        field("supplier_name", "text", Supplier.name),
        field("question_id", "id", Finding.question_id),
        field(
            "check_id", "id", Finding.check_id, note="where several answers may not fit together"
        ),
        field("area", "list", Finding.areas, read=joined),
        field("severity", "info|low|medium|high|critical", Finding.severity),
        field("red_flag", "bool", Finding.red_flag),
        field("text", "text", Finding.text),
        field("norm", "list", Finding.norms, read=joined),
        field("measure", "text", Finding.measure, note="proposed by the questionnaire"),
        field("status", "open|closed", Finding.status),
        field("closed_at", "datetime", Finding.closed_at),
        field("supplier_id", "id", Supplier.id, note="the number in the page's address"),
        field("questionnaire_id", "id", Finding.questionnaire_id),
        field("points", "decimal", Finding.points),
        field("found_at", "datetime", Finding.created_at),
        field(
            "reported_by",
            "|".join(SourceKind),
            Allegation.source_kind,
            note="where others report it; empty for what the supplier states",
        ),
        field("certainty", "|".join(Certainty), Allegation.certainty),
        field("involvement", "|".join(Involvement), Allegation.involvement, note="of the buyer"),
        *campaign_fields(),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(Finding)
            .join(Supplier, Supplier.id == Finding.supplier_id)
            .outerjoin(Allegation, Allegation.finding_id == Finding.id)
            .outerjoin(Declaration, Declaration.id == Finding.declaration_id)
            .outerjoin(Invitation, Invitation.id == Declaration.invitation_id)
            .outerjoin(Campaign, Campaign.id == Invitation.campaign_id)
            .order_by(Finding.id)
        )
        return statement.where(in_campaign(wanted))

    return table(session, Subject.FINDINGS, fields, narrow, personal_data=wanted.personal_data)


def ratings(session: Session, wanted: Wanted, now: datetime) -> Export:
    """Return the export: every rating ever made; for a campaign, of the suppliers it asked."""
    today = local_day(session, now)
    fields = [
        field("rating_id", "id", RatingRecord.id),
        *supplier_fields(),
        field("supplier_country", "iso3166", Supplier.country),
        field("criticality", "A|B|C", Supplier.criticality, note="as it is today"),
        field("computed_at", "datetime", RatingRecord.computed_at),
        field("trigger", "|".join(RatingTrigger), RatingRecord.trigger),
        field(
            "country_index", "decimal", RatingRecord.country_index, note="0-100, higher is worse"
        ),
        field("category_index", "decimal", RatingRecord.category_index, note="0-100"),
        field("inherent", "decimal", RatingRecord.inherent, note="0-100"),
        field("inherent_risk", "band", RatingRecord.inherent_band),
        field("effectiveness", "decimal", RatingRecord.effectiveness, note="0-1, higher is better"),
        field("residual", "decimal", RatingRecord.residual, note="0-100"),
        field("residual_risk", "band", RatingRecord.band),
        field("basis", "text", RatingRecord.basis, note="what the rating rests on"),
        field("priority", "text", RatingRecord.priority),
        field("red_flags", "list", RatingRecord.red_flags, read=joined),
        field("explanation", "list", RatingRecord.explanation, read=_lines, note="points: reason"),
        field("model_version", "text", RatingRecord.model_version),
        field("settings_version", "text", RatingRecord.settings_version),
        field("reference_version", "text", RatingRecord.reference_version),
        field("supplier_key", "text", Supplier.key, note="the buyer's own key"),
        field("declaration_id", "uuid", Declaration.public_id, note="which it rests on, if any"),
        field(
            "screening",
            "screened|asked|cleared|not_cleared",
            Supplier.stage,
            note="of a new supplier, as it is today",
        ),
        *overridden_fields(),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        return _of_campaign(statement, wanted.campaign_id, today)

    return table(session, Subject.RATINGS, fields, narrow, personal_data=wanted.personal_data)


def _of_campaign(statement: sa.Select[Any], campaign_id: int | None, today: date) -> sa.Select[Any]:
    """Return `statement` over every rating, or over those of the suppliers that a campaign asked."""
    statement = (
        statement.select_from(RatingRecord)
        .join(Supplier, Supplier.id == RatingRecord.supplier_id)
        .outerjoin(Declaration, Declaration.id == RatingRecord.declaration_id)
        .outerjoin(RatingOverride, RatingOverride.id == override_id(today))
        .order_by(RatingRecord.id)
    )
    if campaign_id is None:
        return statement
    asked = sa.select(Invitation.supplier_id).where(Invitation.campaign_id == campaign_id)
    return statement.where(RatingRecord.supplier_id.in_(asked))


def _lines(explanation: list[JsonObject]) -> str:
    return joined(f"{line.get('points', 0):g}: {line.get('text', '')}" for line in explanation)


_ACTORS = {Actor.BUYER: "buyer", Actor.SUPPLIER: "supplier_token", Actor.SYSTEM: "system"}


def events(session: Session, wanted: Wanted) -> Export:
    """Return the export: the audit trail; for a campaign, what happened to it and its invitations."""
    fields = [
        field("seq", "int", Event.seq),
        field("at", "datetime", Event.at),
        field("actor_type", "buyer|supplier_token|system", Event.actor_kind, read=_ACTORS.get),
        field("actor_ref", "text", Event.actor, personal=True),
        field("action", "id", Event.action),
        field("object_type", "id", Event.subject_kind),
        field("object_id", "text", Event.subject_id),
        field("ip_truncated", "text", Event.ip, personal=True),
        field("prev_hash", "hex", Event.prev_hash),
        field("row_hash", "hex", Event.row_hash),
        field("details", "json", Event.details, read=_compact, personal=True),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = statement.select_from(Event).order_by(Event.seq)
        return statement.where(_about(wanted.campaign_id)) if wanted.campaign_id else statement

    return table(session, Subject.EVENTS, fields, narrow, personal_data=wanted.personal_data)


def _compact(details: JsonObject) -> str:
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _about(campaign_id: int) -> Any:
    asked = Invitation.campaign_id == campaign_id
    public_ids = sa.select(Invitation.public_id).where(asked)
    return sa.or_(
        sa.and_(Event.subject_kind == "campaign", Event.subject_id == str(campaign_id)),
        sa.and_(Event.subject_kind == "invitation", Event.subject_id.in_(public_ids)),
    )
