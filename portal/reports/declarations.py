"""Export `declarations`: one row per declaration and questionnaire, or per one not answered yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.buyers.queries import local_day
from portal.campaigns.models import (
    Campaign,
    CampaignQuestionnaire,
    FrozenQuestionnaire,
    Invitation,
    InvitationState,
)
from portal.declarations.models import Answer, Attachment, Declaration
from portal.questionnaires.validity import months_after
from portal.questionnaires.validity_kept import chosen_months
from portal.ratings.models import Finding, FindingStatus, RatingOverride, RatingRecord, RedFlag
from portal.ratings.rated_kinds import is_rated
from portal.reports.export import Export, Field, Subject, Wanted, field, table
from portal.reports.invitations import (
    DUE_ON,
    came_late,
    campaign_fields,
    in_campaign,
    kind_field,
    reminders_sent,
    supplier_fields,
)
from portal.reports.overridden import overridden_fields, override_id
from portal.reviews.models import Decision, FileReading, Outcome, Shown
from portal.suppliers.models import Supplier

STATUSES = "invited|opened|draft|submitted|declined|withdrawn"


def declarations(session: Session, wanted: Wanted, now: datetime) -> Export:
    """Return the export; what people set beside a rating is told as of `now`."""
    today = local_day(session, now)

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(Invitation)
            .join(Campaign, Campaign.id == Invitation.campaign_id)
            .join(Supplier, Supplier.id == Invitation.supplier_id)
            .join(CampaignQuestionnaire, CampaignQuestionnaire.campaign_id == Campaign.id)
            .join(FrozenQuestionnaire, FrozenQuestionnaire.id == CampaignQuestionnaire.frozen_id)
            .outerjoin(Declaration, Declaration.invitation_id == Invitation.id)
            .outerjoin(Decision, Decision.id == _decision_id())
            .outerjoin(RatingRecord, sa.and_(RatingRecord.id == _rating_id(), is_rated()))
            .outerjoin(RatingOverride, RatingOverride.id == override_id(today))
            .order_by(Invitation.id, Declaration.id, CampaignQuestionnaire.position)
        )
        return statement.where(in_campaign(wanted))

    fields = [*_asked(), *_answered(chosen_months(session)), *_judged(), *_own()]
    return table(session, Subject.DECLARATIONS, fields, narrow, personal_data=wanted.personal_data)


def _asked() -> list[Field]:
    return [
        field("declaration_id", "uuid", Declaration.public_id, note="empty until signed"),
        *supplier_fields(),
        field("supplier_reg_no", "text", Supplier.org_number),
        field("supplier_country", "iso3166", Supplier.country),
        field("criticality", "A|B|C", Supplier.criticality, note="empty until judged"),
        field("category", "text", Supplier.category),
        field("questionnaire_id", "id", FrozenQuestionnaire.questionnaire_id),
        field("questionnaire_version", "semver", FrozenQuestionnaire.version),
        field(
            "language_answered",
            "bcp47",
            sa.func.coalesce(Declaration.locale_answered, Invitation.locale),
            note="of the questions as shown",
        ),
        field("invited_at", "datetime", Invitation.sent_at, note="when the mail went out"),
        field("opened_at", "datetime", Invitation.started_at),
        field("reminders_sent", "int", reminders_sent()),
        field("due_on", "date", DUE_ON, note="end of this day in the buyer's zone"),
    ]


def _answered(chosen: Mapping[str, int]) -> list[Field]:
    def valid_until(
        signed_at: datetime | None, questionnaire_id: str, months: int, zone: str
    ) -> date | None:
        return _valid_until(signed_at, chosen.get(questionnaire_id, months), zone)

    return [
        field("submitted_at", "datetime", Invitation.submitted_at, note="of the first declaration"),
        field("signed_at", "datetime", Declaration.signed_at),
        field("signer_name", "text", Declaration.signatory_name, personal=True),
        field(
            "signer_role",
            "owner|managing_director|authorised_signatory",
            Declaration.signatory_role,
        ),
        field(
            "signature_level",
            "SES",
            Declaration.id,
            read=lambda declaration: "SES" if declaration else None,
            note="simple electronic signature, the only one there is",
        ),
        field("document_sha256", "hex", Declaration.sha256),
        field(
            "valid_until",
            "date",
            Declaration.signed_at,
            FrozenQuestionnaire.questionnaire_id,
            FrozenQuestionnaire.definition["validity_months"].as_integer(),
            Campaign.zone,
            read=valid_until,
            note="the day of signing plus the months the buyer or the questionnaire says",
        ),
        field("status", STATUSES, Invitation.state, _has_answers(), read=_status),
    ]


def _judged() -> list[Field]:
    rating = "of the rating this declaration led to; without one, of the supplier's newest"
    return [
        field("inherent_risk", "band", RatingRecord.inherent_band, note=rating),
        field("residual_risk", "band", RatingRecord.band, note=rating),
        field(
            "assurance_level",
            "0..4",
            Declaration.id,
            _has_read_files(),
            read=lambda declaration, read: (2 if read else 1) if declaration else 0,
            note="0 no declaration, 1 declared and signed, 2 with documents read by the buyer",
        ),
        field("red_flags", "int", _red_flags(), note="standing against the supplier today"),
        field("open_findings", "int", _open_findings(), note="of this questionnaire's answers"),
    ]


def _own() -> list[Field]:
    return [
        *campaign_fields(),
        field("late", "bool", Invitation.submitted_at, DUE_ON, Campaign.zone, read=came_late),
        field(
            "superseded",
            "bool",
            sa.and_(Declaration.id.is_not(None), Declaration.id != newest()),
            note="a later declaration corrects this one",
        ),
        kind_field(),
        *_decided(),
        field("computed", "decimal", RatingRecord.residual, note="the residual risk, 0-100"),
        *overridden_fields(),
    ]


def _decided() -> list[Field]:
    return [
        field(
            "decision",
            "|".join(Outcome),
            Decision.outcome,
            note="of the buyer's review; empty until decided",
        ),
        field("decision_reason", "text", Decision.reason),
        field("decided_at", "datetime", Decision.decided_at),
        field("decided_role", "reviewer|buyer|admin", Decision.role),
        field("decided_by", "text", Decision.decided_by, personal=True),
    ]


def newest() -> Any:
    """Return the id of the declaration that counts for an invitation, as SQL."""
    other = aliased(Declaration)
    return (
        sa.select(sa.func.max(other.id))
        .where(other.invitation_id == Declaration.invitation_id)
        .correlate(Declaration)
        .scalar_subquery()
    )


def _rating_id() -> Any:
    other = aliased(RatingRecord)
    return (
        sa.select(sa.func.max(other.id))
        .where(
            other.supplier_id == Invitation.supplier_id,
            sa.or_(Declaration.id.is_(None), other.declaration_id == Declaration.id),
        )
        .correlate(Invitation, Declaration)
        .scalar_subquery()
    )


def _decision_id() -> Any:
    other = aliased(Decision)
    return (
        sa.select(sa.func.max(other.id))
        .where(other.declaration_id == Declaration.id)
        .correlate(Declaration)
        .scalar_subquery()
    )


def _has_read_files() -> Any:
    return (
        sa.exists()
        .where(
            FileReading.attachment_id == Attachment.id,
            Attachment.invitation_id == Invitation.id,
            FileReading.shown != Shown.SAYS,
        )
        .correlate(Invitation)
    )


def _red_flags() -> Any:
    return (
        sa.select(sa.func.count(RedFlag.id))
        .where(RedFlag.supplier_id == Invitation.supplier_id, RedFlag.cleared_at.is_(None))
        .correlate(Invitation)
        .scalar_subquery()
    )


def _open_findings() -> Any:
    return (
        sa.select(sa.func.count(Finding.id))
        .where(
            Finding.declaration_id == Declaration.id,
            Finding.questionnaire_id == FrozenQuestionnaire.questionnaire_id,
            Finding.status != FindingStatus.CLOSED,
        )
        .correlate(Declaration, FrozenQuestionnaire)
        .scalar_subquery()
    )


def _has_answers() -> Any:
    return sa.exists().where(Answer.invitation_id == Invitation.id).correlate(Invitation)


def _status(state: InvitationState, has_answers: bool) -> str:
    match state:
        case InvitationState.SUBMITTED | InvitationState.DECLINED:
            return state.value
        case InvitationState.CANCELLED:
            return "withdrawn"
        case InvitationState.STARTED:
            return "draft" if has_answers else "opened"
        case _:
            return "invited"


def _valid_until(signed_at: datetime | None, months: int, zone: str) -> date | None:
    if signed_at is None:
        return None
    return months_after(signed_at.astimezone(ZoneInfo(zone)).date(), months)
