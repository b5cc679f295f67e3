"""Signing: a complete survey becomes an immutable, sealed declaration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from portal.buyers.code import CodeInForce, code_in_force
from portal.buyers.models import Buyer
from portal.campaigns.models import Invitation, InvitationState
from portal.declarations import attachments, drafts, prints, receipts, trail
from portal.declarations.models import Declaration
from portal.declarations.queries import latest
from portal.declarations.sealing import InstallationKey, PublicKey
from portal.declarations.signing import Circumstances, Signatory, document
from portal.declarations.standing import require_open
from portal.declarations.survey import Survey, open_survey
from portal.events.service import mask_ip
from portal.outbox.service import queue
from portal.questionnaires.conditions import Condition


class Incomplete(Exception):
    """Questions still lack an answer; `question_ids` names them in order."""

    def __init__(self, question_ids: tuple[str, ...]) -> None:
        super().__init__(", ".join(question_ids))
        self.question_ids = question_ids


class ChangedMeanwhile(Exception):
    """The answers are no longer those that the signatory read."""


class Signed(NamedTuple):
    """The declaration that counts, and whether this call made it."""

    declaration: Declaration
    new: bool


def sign(
    session: Session,
    invitation: Invitation,
    signatory: Signatory,
    *,
    key: InstallationKey,
    short_form: Condition,
    locale: str,
    now: datetime,
    ip: str = "",
    seen: str | None = None,
    previous: str = "",
) -> Signed:
    """Return the sealed declaration; a second submit returns the first one's.

    `previous` is the public id of the declaration that this one corrects, empty for the first.
    `seen` is the drafts' fingerprint when the signatory read them, or None if the page did not say.

    Raises:
        Incomplete: required answers are missing.
        ChangedMeanwhile: the answers were changed after the signatory read them.
        NotOpen: the invitation was withdrawn, declined or closed.
    """
    drafts.lock(session, invitation)
    last = latest(session, invitation)
    if last is not None and last.public_id != previous:
        return Signed(last, new=False)
    require_open(invitation, correcting=last is not None)
    survey = open_survey(
        session, invitation, locale=locale, short_form=short_form, today=today_at(invitation, now)
    )
    if survey.missing:
        raise Incomplete(survey.missing)
    if seen is not None and seen != drafts.fingerprint(survey.revisions):
        raise ChangedMeanwhile
    circumstances = Circumstances(str(uuid4()), now, locale, mask_ip(ip))
    declaration = _declare(session, survey, signatory, circumstances, key=key, last=last)
    trail.note(
        session,
        invitation,
        "declaration.signed",
        now,
        ip,
        declaration=declaration.public_id,
        sha256=declaration.sha256,
    )
    _send_receipts(session, invitation, declaration, now)
    return Signed(declaration, new=True)


def receipt(declaration: Declaration, known: Iterable[PublicKey]) -> dict[str, Any]:
    """Return the receipt of `declaration`; `known` has the key that sealed it, perhaps an earlier one."""
    key = next(each for each in known if each.id == declaration.key_id)
    return receipts.receipt(declaration.document, declaration.sha256, declaration.seal, key)


def code_shown(session: Session, invitation: Invitation, locale: str) -> CodeInForce:
    """Return the Code of Conduct that this campaign asks to accept: the one in force at its launch."""
    campaign = invitation.campaign
    return code_in_force(
        session, campaign.launched_at.astimezone(ZoneInfo(campaign.zone)).date(), locale
    )


def _declare(
    session: Session,
    survey: Survey,
    signatory: Signatory,
    circumstances: Circumstances,
    *,
    key: InstallationKey,
    last: Declaration | None,
) -> Declaration:
    invitation = survey.invitation
    code = code_shown(session, invitation, invitation.locale) if survey.shows_code else None
    buyer = session.get_one(Buyer, invitation.buyer_id)
    content = document(survey, signatory, circumstances, buyer=buyer, code=code, previous=last)
    seal = key.seal(content)
    declaration = Declaration(
        public_id=circumstances.public_id,
        invitation_id=invitation.id,
        supplier_id=invitation.supplier_id,
        document=seal.text,
        sha256=seal.sha256,
        seal=seal.signature,
        key_id=seal.key_id,
        locale_answered=invitation.locale,
        locale_signed=circumstances.locale,
        signatory_name=signatory.name,
        signatory_title=signatory.title,
        signatory_role=signatory.role,
        signed_at=circumstances.now,
        supersedes_id=last.id if last else None,
    )
    session.add(declaration)
    session.flush()
    prints.keep(session, survey, declaration)
    for file in attachments.of(session, invitation):
        if file.declaration_id is None and file.owner in survey.shown.ids:
            file.declaration_id = declaration.id
    invitation.state = InvitationState.SUBMITTED
    invitation.submitted_at = invitation.submitted_at or circumstances.now
    if last is not None:
        invitation.signature_requested_at = None  # the correction that was passed on is signed
    session.flush()
    return declaration


def _send_receipts(
    session: Session, invitation: Invitation, declaration: Declaration, now: datetime
) -> None:
    """Queue a receipt to whoever answered, and to whoever was asked to sign."""
    recipients = {invitation.contact.email: invitation.locale}
    if invitation.signer_email:
        recipients[invitation.signer_email] = invitation.signer_locale
    context = {
        "signatory_name": declaration.signatory_name,
        "signatory_title": declaration.signatory_title,
        "signed_at": declaration.signed_at.isoformat(),
        "sha256": declaration.sha256,
    }
    for recipient, locale in recipients.items():
        queue(
            session,
            template="receipt",
            locale=locale,
            recipient=recipient,
            context=context,
            invitation_id=invitation.id,
            now=now,
        )


def today_at(invitation: Invitation, now: datetime) -> date:
    """Return the day it is where the campaign's deadline counts."""
    return now.astimezone(ZoneInfo(invitation.campaign.zone)).date()
