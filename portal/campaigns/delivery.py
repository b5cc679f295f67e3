"""What a mail's fate means for its invitation: whether it is still wanted, sent, or undeliverable."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.correction import awaits_new_signature
from portal.campaigns.models import Invitation, InvitationState
from portal.events.models import Actor
from portal.events.service import record
from portal.outbox.models import Message
from portal.suppliers.models import Contact

# Mails that ask for something: pointless once it was given or refused.
ASKING = frozenset(
    {
        "invitation",
        "reminder_not_started",
        "reminder_started",
        "reminder_signature",
        "deadline_passed",
        "signature_request",
    }
)
FOR_SIGNER = frozenset({"signature_request", "reminder_signature"})
ENDED = {
    InvitationState.SUBMITTED: "the answers have been submitted",
    InvitationState.DECLINED: "the supplier has declined",
    InvitationState.CANCELLED: "the invitation was withdrawn",
}


def unwanted(session: Session, message: Message, invitation: Invitation) -> str | None:
    """Return why `message` is not to be sent any more, looked at when its turn comes; else None."""
    asks = message.template in ASKING
    again = message.template == "signature_request" and awaits_new_signature(invitation)
    ended = asks and invitation.state in ENDED and not again
    if ended or invitation.state is InvitationState.CANCELLED:
        return ENDED[invitation.state]
    if asks and invitation.campaign.closed_at:
        return "the campaign is closed"
    if not _is_addressed_right(message, invitation):
        return "somebody else is asked now"
    contact = _contact(session, message, invitation)
    return _objection(contact, asks=asks) if contact else None


def _is_addressed_right(message: Message, invitation: Invitation) -> bool:
    """Return whether the reader may have the link as it is now: a replaced one must not follow."""
    if message.template in FOR_SIGNER:
        return message.recipient == invitation.signer_email
    return message.recipient in {invitation.contact.email, invitation.signer_email}


def _objection(contact: Contact, *, asks: bool) -> str | None:
    if contact.bounced_at:
        return "mail to this address came back"
    if contact.left_at:
        return "the contact has left"
    return "the contact does not want to be asked" if contact.objected_at and asks else None


def delivered(message: Message, invitation: Invitation, now: datetime) -> None:
    """Say that the mail server took `message`: with the first one the invitation is sent."""
    if invitation.state is InvitationState.QUEUED and message.template in {
        "invitation",
        "new_link",
    }:
        invitation.state = InvitationState.SENT
        invitation.sent_at = now


def bounced(
    session: Session, message: Message, invitation: Invitation, error: str, now: datetime
) -> None:
    """Say that the address does not exist: its contact and an invitation nobody has opened bounce."""
    contact = _contact(session, message, invitation)
    if contact is not None:
        contact.bounced_at = now
    reached_nobody = invitation.state in {InvitationState.QUEUED, InvitationState.SENT}
    if reached_nobody and contact is not None and contact.id == invitation.contact_id:
        invitation.state = InvitationState.BOUNCED
        invitation.bounced_at = now
    record(
        session,
        at=now,
        actor_kind=Actor.SYSTEM,
        actor="worker",
        action="mail.bounced",
        subject_kind="invitation",
        subject_id=invitation.public_id,
        details={"template": message.template, "error": error},
    )


def _contact(session: Session, message: Message, invitation: Invitation) -> Contact | None:
    """Return the contact whom `message` goes to; None for a person who only signs."""
    return session.scalar(
        sa.select(Contact).where(
            Contact.supplier_id == invitation.supplier_id, Contact.email == message.recipient
        )
    )
