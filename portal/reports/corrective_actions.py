"""Export `actions`: what suppliers were asked to put right, and how it ended."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.campaigns.models import Campaign, Invitation
from portal.declarations.models import Declaration
from portal.followup.action_models import (
    ActionState,
    ActionStep,
    CorrectiveAction,
    ProofFile,
    Remedy,
    StepKind,
)
from portal.ratings.models import Finding
from portal.reports.export import Export, Subject, Wanted, field, table
from portal.reports.invitations import campaign_fields, in_campaign, supplier_fields
from portal.suppliers.models import Supplier


def corrective_actions(session: Session, wanted: Wanted) -> Export:
    """Return the export: one row per corrective action."""
    fields = [
        field("action_id", "uuid", CorrectiveAction.public_id),
        *supplier_fields(),
        field("finding_id", "uuid", Finding.public_id),
        field("finding", "text", Finding.text, note="as it was found"),
        field("severity", "info|low|medium|high|critical", Finding.severity),
        field("red_flag", "bool", Finding.red_flag),
        field("measure", "text", CorrectiveAction.measure),
        field("due_on", "date", CorrectiveAction.due_on),
        field("state", "|".join(ActionState), CorrectiveAction.state),
        field("drawn_up_at", "datetime", CorrectiveAction.created_at),
        field("shared_at", "datetime", _moment(StepKind.SHARED), note="first, with the supplier"),
        field("closed_at", "datetime", _moment(StepKind.CLOSED), note="after a check with proof"),
        field("proof_files", "int", _count(ProofFile.id, ProofFile.action_id)),
        field(
            "people_remedied",
            "int",
            _sum_of_people(),
            note="of the remedies recorded; empty where no number is known",
        ),
        field("owner", "text", User.email, personal=True),
        *campaign_fields(),
    ]

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(CorrectiveAction)
            .join(Finding, Finding.id == CorrectiveAction.finding_id)
            .join(Supplier, Supplier.id == CorrectiveAction.supplier_id)
            .join(User, User.id == CorrectiveAction.owner_id)
            .outerjoin(Declaration, Declaration.id == Finding.declaration_id)
            .outerjoin(Invitation, Invitation.id == Declaration.invitation_id)
            .outerjoin(Campaign, Campaign.id == Invitation.campaign_id)
            .order_by(CorrectiveAction.id)
        )
        return statement.where(in_campaign(wanted))

    return table(session, Subject.ACTIONS, fields, narrow, personal_data=wanted.personal_data)


def _moment(kind: StepKind) -> Any:
    return (
        sa.select(sa.func.min(ActionStep.at))
        .where(ActionStep.action_id == CorrectiveAction.id, ActionStep.kind == kind)
        .correlate(CorrectiveAction)
        .scalar_subquery()
    )


def _count(counted: Any, belongs_to: Any) -> Any:
    return (
        sa.select(sa.func.count(counted))
        .where(belongs_to == CorrectiveAction.id)
        .correlate(CorrectiveAction)
        .scalar_subquery()
    )


def _sum_of_people() -> Any:
    return (
        sa.select(sa.func.sum(Remedy.people))
        .where(Remedy.action_id == CorrectiveAction.id)
        .correlate(CorrectiveAction)
        .scalar_subquery()
    )
