"""Export `invitations`: one row per supplier asked, with what happened and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.campaigns.deadlines import OPEN_STATES, end_of_day, last_day
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.outbox.models import Message, MessageState
from portal.reports.export import Export, Field, Subject, Wanted, field, table
from portal.reports.reviewed import decision_of_invitation
from portal.reviews.models import Decision, Outcome
from portal.suppliers.models import Contact, Supplier

DUE_ON = last_day()


def is_reminder(template: InstrumentedAttribute[str]) -> sa.ColumnElement[bool]:
    """Return the condition: a mail with this template reminds of an invitation."""
    return sa.or_(template.startswith("reminder_"), template == "deadline_passed")


def reminders(column: Any) -> Any:
    """Return the SQL aggregate `column` over the reminders that were sent for an invitation."""
    mail = aliased(Message)
    return (
        sa.select(column(mail))
        .where(
            mail.invitation_id == Invitation.id,
            is_reminder(mail.template),
            mail.state == MessageState.SENT,
        )
        .correlate(Invitation)
        .scalar_subquery()
    )


def reminders_sent() -> Any:
    """Return how many reminders an invitation was sent, as SQL."""
    return reminders(lambda mail: sa.func.count(mail.id))


def supplier_fields() -> list[Field]:
    """Return who the supplier is, the same way in every export."""
    return [
        field("supplier_id", "id", Supplier.id, note="the number in the page's address"),
        field("supplier_name", "text", Supplier.name),
    ]


def kind_field() -> Field:
    """Return what the entry of the register is."""
    return field("supplier_kind", "supplier|agreement_owner", Supplier.kind, note="as it is today")


def campaign_fields() -> list[Field]:
    """Return the keys that tie exports together; they stand last."""
    return [
        field("supplier_key", "text", Supplier.key, note="the buyer's own key"),
        field("campaign_id", "id", Campaign.id),
        field("campaign_title", "text", Campaign.title),
        field("invitation_id", "id", Invitation.public_id, note="names it in mails; opens nothing"),
    ]


def invitations(session: Session, wanted: Wanted, now: datetime) -> Export:
    """Return the export; who is overdue is told as of `now`."""

    def narrow(statement: sa.Select[Any]) -> sa.Select[Any]:
        statement = (
            statement.select_from(Invitation)
            .join(Campaign, Campaign.id == Invitation.campaign_id)
            .join(Supplier, Supplier.id == Invitation.supplier_id)
            .join(Contact, Contact.id == Invitation.contact_id)
            .order_by(Invitation.id)
        )
        return statement.where(in_campaign(wanted))

    fields = [*_who(), *_deadline(now), *_happened(), *campaign_fields(), kind_field(), _decision()]
    return table(session, Subject.INVITATIONS, fields, narrow, personal_data=wanted.personal_data)


def _who() -> list[Field]:
    return [
        *supplier_fields(),
        field("supplier_country", "iso3166", Supplier.country),
        field("criticality", "A|B|C", Supplier.criticality, note="empty until judged"),
        field("category", "text", Supplier.category),
        field("contact_name", "text", Contact.name, personal=True),
        field("contact_email", "text", Contact.email, personal=True),
        field("language", "bcp47", Invitation.locale, note="chosen by the supplier"),
        field(
            "state", "queued|sent|started|submitted|declined|cancelled|bounced", Invitation.state
        ),
    ]


def _deadline(now: datetime) -> list[Field]:
    def overdue(state: InvitationState, due_on: date, zone: str) -> bool:
        return state in OPEN_STATES and now >= end_of_day(due_on, zone)

    return [
        field("due_on", "date", DUE_ON, note="end of this day in the buyer's zone"),
        field("extended", "bool", Invitation.extended_to.is_not(None)),
        field(
            "overdue",
            "bool",
            Invitation.state,
            DUE_ON,
            Campaign.zone,
            read=overdue,
            note="not answered although the deadline had passed when the file was made",
        ),
        field("late", "bool", Invitation.submitted_at, DUE_ON, Campaign.zone, read=came_late),
    ]


def _happened() -> list[Field]:
    return [
        field("created_at", "datetime", Invitation.created_at),
        field("sent_at", "datetime", Invitation.sent_at),
        field("started_at", "datetime", Invitation.started_at),
        field("submitted_at", "datetime", Invitation.submitted_at),
        field("reminders_sent", "int", reminders_sent()),
        field(
            "last_reminder_at",
            "datetime",
            reminders(lambda mail: sa.func.max(mail.sent_at)),
        ),
        field("declined_at", "datetime", Invitation.declined_at),
        field("decline_kind", "wrong_company|not_relevant|refuses|other", Invitation.decline_kind),
        field("decline_reason", "text", Invitation.decline_reason, note="as the supplier wrote it"),
        field("withdrawn_at", "datetime", Invitation.cancelled_at),
        field("bounced_at", "datetime", Invitation.bounced_at),
        field("signature_requested_at", "datetime", Invitation.signature_requested_at),
        field("signer_name", "text", Invitation.signer_name, personal=True),
        field("signer_email", "text", Invitation.signer_email, personal=True),
    ]


def _decision() -> Field:
    return field(
        "decision",
        "|".join(Outcome),
        decision_of_invitation(Decision.outcome),
        note="about the declaration that counts; empty until decided",
    )


def came_late(submitted_at: datetime | None, due_on: date, zone: str) -> bool:
    """Return whether the answer came after its deadline."""
    return submitted_at is not None and submitted_at >= end_of_day(due_on, zone)


def in_campaign(wanted: Wanted) -> sa.ColumnElement[bool]:
    """Return the condition on invitations: those of the wanted campaign, or all."""
    if wanted.campaign_id is None:
        return sa.true()
    return Invitation.campaign_id == wanted.campaign_id
