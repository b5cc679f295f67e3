"""What the buyer can do with an invitation, or a whole campaign, after it was sent."""

from __future__ import annotations

import enum
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.deadlines import LONGEST, OPEN_STATES, deadline_day
from portal.campaigns.links import Purpose
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.campaigns.service import invitation_mail
from portal.events.models import Actor
from portal.events.service import record
from portal.outbox import service as outbox
from portal.outbox.models import Message, MessageState
from portal.outbox.queries import just_queued
from portal.store import JsonObject
from portal.suppliers.languages import mail_locale
from portal.suppliers.models import Contact


class Hindrance(enum.StrEnum):
    """Why something cannot be done with an invitation."""

    OVER = "over"
    CAMPAIGN_CLOSED = "campaign_closed"
    WITHDRAWN = "withdrawn"
    NO_SIGNER = "no_signer"
    NOT_REACHABLE = "not_reachable"
    NOT_LATER = "not_later"
    TOO_FAR = "too_far"
    NOBODY_NAMED = "nobody_named"


class NotPossible(Exception):
    """What was asked for does not fit the state of the invitation: `reason`, and a sentence."""

    def __init__(self, reason: Hindrance, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def withdraw(session: Session, invitation: Invitation, *, by: str, now: datetime) -> None:
    """Take the invitation back: its link opens nothing any more and waiting mail is not sent.

    Raises:
        NotPossible: it was answered, declined or withdrawn before.
    """
    _must_be_open(invitation, "withdrawn")
    invitation.state = InvitationState.CANCELLED
    invitation.cancelled_at = now
    _record(session, invitation, "invitation.withdrawn", by=by, now=now)


def replace_link(
    session: Session,
    invitation: Invitation,
    *,
    by: str,
    now: datetime,
    purpose: Purpose = Purpose.ANSWER,
) -> Message | None:
    """Make the links sent so far worthless and mail a new one to the address on file.

    Returns the waiting mail; None where the first mail is still to be sent and brings the new link, and
    where the button was pressed twice.
    An answered invitation may get a new link too: to its receipt.

    Raises:
        NotPossible: the invitation was withdrawn, or nobody can be written to.
    """
    signing = purpose is Purpose.SIGN
    _must_be_reachable(invitation, signing=signing)
    if _just_replaced(session, invitation, signing=signing, now=now):
        return None
    if signing:
        invitation.sign_link_version += 1
    else:
        invitation.link_version += 1
    _record(session, invitation, "link.replaced", by=by, now=now, details={"purpose": purpose})
    if signing:
        return outbox.queue(
            session,
            template="signature_request",
            locale=invitation.signer_locale or invitation.locale,
            recipient=invitation.signer_email,
            context={},
            invitation_id=invitation.id,
            now=now,
        )
    if invitation.state is InvitationState.BOUNCED:  # the address has been put right
        _ask_again(invitation)
    unread = invitation.state is InvitationState.QUEUED
    if unread and first_mail_waits(session, invitation):
        return None
    return outbox.queue(
        session,
        template="invitation" if unread else "new_link",
        locale=invitation.locale,
        recipient=invitation.contact.email,
        context={},
        invitation_id=invitation.id,
        now=now,
    )


def _just_replaced(
    session: Session, invitation: Invitation, *, signing: bool, now: datetime
) -> bool:
    template = "signature_request" if signing else "new_link"
    recipient = invitation.signer_email if signing else invitation.contact.email
    return just_queued(session, invitation.id, template, recipient, context={}, now=now)


def _must_be_reachable(invitation: Invitation, *, signing: bool) -> None:
    if invitation.state is InvitationState.CANCELLED:
        raise NotPossible(
            Hindrance.WITHDRAWN, "The invitation was withdrawn. A new link would open nothing."
        )
    if signing and not invitation.signer_email:
        raise NotPossible(Hindrance.NO_SIGNER, "Nobody has been asked to sign.")
    if not signing and not invitation.contact.usable:
        raise NotPossible(
            Hindrance.NOT_REACHABLE,
            "Mail to this contact is not possible. Choose another contact first.",
        )


def first_mail_waits(session: Session, invitation: Invitation) -> bool:
    """Return whether the mail that asks for the first time is still on its way to the contact."""
    waiting = sa.select(Message.id).where(
        Message.invitation_id == invitation.id,
        Message.template == "invitation",
        Message.recipient == invitation.contact.email,
        Message.state.in_({MessageState.QUEUED, MessageState.SENDING}),
    )
    return session.scalar(waiting.limit(1)) is not None


def _ask_again(invitation: Invitation) -> None:
    """Put the invitation where it was before its mail came back."""
    invitation.bounced_at = None
    started = invitation.started_at is not None
    invitation.state = InvitationState.STARTED if started else InvitationState.QUEUED


def extend(session: Session, invitation: Invitation, day: date, *, by: str, now: datetime) -> None:
    """Give this supplier until the end of `day`.

    Raises:
        NotPossible: the invitation is not open, or `day` has passed, gives no more time or is
            years away.
    """
    _must_be_open(invitation, "extended")
    today = now.astimezone(ZoneInfo(invitation.campaign.zone)).date()
    earlier = deadline_day(invitation)
    if day <= earlier or day < today:
        raise NotPossible(
            Hindrance.NOT_LATER, f"Choose a day after {max(earlier, today).isoformat()}."
        )
    if day > today + LONGEST:
        raise NotPossible(
            Hindrance.TOO_FAR,
            f"{day.isoformat()} is more than a hundred years away. Check the year.",
        )
    invitation.extended_to = day
    _record(
        session, invitation, "invitation.extended", by=by, now=now, details={"to": day.isoformat()}
    )


def change_contact(
    session: Session, invitation: Invitation, contact: Contact, *, by: str, now: datetime
) -> Message:
    """Ask another contact of the supplier: earlier links stop working, a new mail goes out.

    What was answered so far is kept.

    Raises:
        NotPossible: the invitation is not open, or the contact cannot be written to.
    """
    _must_be_open(invitation, "sent to somebody else")
    if not contact.usable:
        raise NotPossible(Hindrance.NOT_REACHABLE, f"Mail to {contact.email} is not possible.")
    invitation.contact = contact
    invitation.link_version += 1
    if invitation.started_at is None:
        invitation.locale = mail_locale(contact)
        invitation.locale_guessed = not contact.locale
    _ask_again(invitation)
    _record(
        session,
        invitation,
        "invitation.contact_changed",
        by=by,
        now=now,
        details={"contact": contact.id},
    )
    waiting = invitation_mail(invitation, now)
    session.add(waiting)
    session.flush()
    return waiting


def confirm_referral(
    session: Session, invitation: Invitation, *, by: str, now: datetime
) -> Message:
    """Write to the person whom the first contact named as the right one, from now on.

    Raises:
        NotPossible: nobody was named, or the person cannot be written to.
    """
    if not invitation.referred_email:
        raise NotPossible(Hindrance.NOBODY_NAMED, "Nobody else was named.")
    contact = session.scalar(
        sa.select(Contact).where(
            Contact.supplier_id == invitation.supplier_id,
            sa.func.lower(Contact.email) == invitation.referred_email.lower(),
        )
    )
    if contact is None:
        contact = Contact(
            supplier=invitation.supplier,
            name=invitation.referred_name,
            email=invitation.referred_email,
            locale="" if invitation.locale_guessed else invitation.locale,
        )
        session.add(contact)
        session.flush()
    waiting = change_contact(session, invitation, contact, by=by, now=now)
    invitation.contact.primary = True
    for other in session.scalars(
        sa.select(Contact).where(
            Contact.supplier_id == invitation.supplier_id, Contact.id != contact.id
        )
    ):
        other.primary = False
    invitation.referred_name = invitation.referred_email = ""
    invitation.referred_at = None
    return waiting


def close(session: Session, campaign: Campaign, *, by: str, now: datetime) -> None:
    """End the campaign: its links say so, and nobody is reminded any more.

    Raises:
        NotPossible: it is closed already.
    """
    if campaign.closed_at:
        raise NotPossible(Hindrance.CAMPAIGN_CLOSED, "The campaign is closed already.")
    campaign.closed_at = now
    record(
        session,
        at=now,
        actor_kind=Actor.BUYER,
        actor=by,
        action="campaign.closed",
        subject_kind="campaign",
        subject_id=campaign.id,
    )


def _must_be_open(invitation: Invitation, done: str) -> None:
    if invitation.state not in OPEN_STATES:
        raise NotPossible(
            Hindrance.OVER, f"The invitation is {invitation.state} and cannot be {done}."
        )
    if invitation.campaign.closed_at:
        raise NotPossible(
            Hindrance.CAMPAIGN_CLOSED, f"The campaign is closed: its invitations cannot be {done}."
        )


def _record(
    session: Session,
    invitation: Invitation,
    action: str,
    *,
    by: str,
    now: datetime,
    details: JsonObject | None = None,
) -> None:
    record(
        session,
        at=now,
        actor_kind=Actor.BUYER,
        actor=by,
        action=action,
        subject_kind="invitation",
        subject_id=invitation.public_id,
        details=details,
    )
