"""Whether a mail about a thread is still wanted when its turn comes, and what it means if it comes back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.events.models import Actor
from portal.events.service import record
from portal.followup.correspondence import has_replied
from portal.followup.models import Correspondence
from portal.outbox.models import Message

# Mails that remind of something asked: pointless once there is a reply.
REMINDING = frozenset({"clarification_reminder"})


def unwanted(session: Session, message: Message, correspondence: Correspondence) -> str | None:
    """Return why `message` is not to be sent to the supplier any more; else None."""
    contact = correspondence.contact
    if correspondence.closed_at:
        return "the thread is closed"
    if message.recipient != contact.email:
        return "somebody else is written to now"
    if message.template in REMINDING and has_replied(session, correspondence):
        return "the supplier has replied"
    if contact.bounced_at:
        return "mail to this address came back"
    if contact.left_at:
        return "the contact has left"
    return "the contact does not want to be asked" if contact.objected_at else None


def bounced(
    session: Session, message: Message, correspondence: Correspondence, error: str, now: datetime
) -> None:
    """Say that the contact's address does not exist."""
    if correspondence.contact.email == message.recipient:
        correspondence.contact.bounced_at = now
    record(
        session,
        at=now,
        actor_kind=Actor.SYSTEM,
        actor="worker",
        action="mail.bounced",
        subject_kind="correspondence",
        subject_id=correspondence.public_id,
        details={"template": message.template, "error": error},
    )
