"""What a supplier can do beside answering: start, decline, name somebody else, pass it on to be signed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.campaigns.correction import awaits_new_signature
from portal.campaigns.models import DeclineKind, Invitation, InvitationState
from portal.declarations import drafts
from portal.declarations.standing import require_open
from portal.declarations.trail import note
from portal.outbox.queries import just_queued
from portal.outbox.service import queue
from portal.store import JsonObject


def start(session: Session, invitation: Invitation, now: datetime, ip: str = "") -> None:
    """Note that somebody began to answer; whoever had declined has changed their mind."""
    if invitation.state in (InvitationState.SUBMITTED, InvitationState.CANCELLED):
        return
    if invitation.state is not InvitationState.STARTED:
        invitation.state = InvitationState.STARTED
        invitation.started_at = invitation.started_at or now
        note(session, invitation, "survey.started", now, ip)


def decline(
    session: Session,
    invitation: Invitation,
    kind: DeclineKind,
    reason: str,
    *,
    now: datetime,
    ip: str = "",
) -> None:
    """Note that the supplier does not answer, and why.

    Raises:
        NotOpen: it has been signed, withdrawn or closed meanwhile.
    """
    drafts.lock(session, invitation)
    require_open(invitation)
    invitation.state = InvitationState.DECLINED
    invitation.declined_at, invitation.decline_kind = now, kind
    invitation.decline_reason = reason
    note(session, invitation, "survey.declined", now, ip, kind=kind.value)


def refer(
    session: Session, invitation: Invitation, name: str, email: str, *, now: datetime, ip: str = ""
) -> None:
    """Note who the right person is. Nothing is mailed before the buyer has confirmed it.

    Raises:
        NotOpen: it has been signed, withdrawn or closed meanwhile.
    """
    require_open(invitation)
    invitation.referred_name, invitation.referred_email = name, email
    invitation.referred_at = now
    note(session, invitation, "survey.referred", now, ip)


def request_signature(
    session: Session,
    invitation: Invitation,
    *,
    name: str,
    email: str,
    locale: str,
    now: datetime,
    correcting: bool = False,
) -> None:
    """Mail the person who signs a link of their own; one sent to somebody else before stops working.

    Pressed twice, it is sent once.

    Raises:
        NotOpen: it has been signed, withdrawn or closed meanwhile.
    """
    drafts.lock(session, invitation)
    require_open(invitation, correcting=correcting)
    context: JsonObject = {"signer_name": name, "answered_by": invitation.contact.name}
    same = (invitation.signer_email, invitation.signer_locale) == (email, locale)
    waits = invitation.signature_requested_at is not None  # it was not sent back meanwhile
    if (
        same
        and waits
        and just_queued(
            session, invitation.id, "signature_request", email, context=context, now=now
        )
    ):
        return
    if invitation.signer_email and invitation.signer_email != email:
        invitation.sign_link_version += 1
    invitation.signer_name, invitation.signer_email = name, email
    invitation.signer_locale, invitation.signature_requested_at = locale, now
    queue(
        session,
        template="signature_request",
        locale=locale,
        recipient=email,
        context=context,
        invitation_id=invitation.id,
        now=now,
    )
    note(session, invitation, "signature.requested", now)


def send_back(session: Session, invitation: Invitation, comment: str, now: datetime) -> None:
    """Give the form back to whoever filled it in, with the signatory's comment; pressed twice, once.

    Raises:
        NotOpen: it has been signed, withdrawn or closed meanwhile.
    """
    drafts.lock(session, invitation)
    require_open(invitation, correcting=awaits_new_signature(invitation))
    context: JsonObject = {"signer_name": invitation.signer_name, "comment": comment}
    email = invitation.contact.email
    if just_queued(session, invitation.id, "sent_back", email, context=context, now=now):
        return
    invitation.signature_requested_at = None
    queue(
        session,
        template="sent_back",
        locale=invitation.locale,
        recipient=email,
        context=context,
        invitation_id=invitation.id,
        now=now,
    )
    note(session, invitation, "signature.sent_back", now, comment=comment)
