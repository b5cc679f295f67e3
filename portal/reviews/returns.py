"""Giving a declaration back: flag what is to be corrected, then return it, with the reason, by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.declarations import returning
from portal.declarations.models import Declaration, FlaggedQuestion, ReturnedDeclaration
from portal.outbox.service import queue
from portal.reviews.reviewable import ReviewRefused, require_current


def flag(
    session: Session,
    declaration: Declaration,
    question_id: str,
    *,
    reason: str,
    by: str,
    now: datetime,
) -> FlaggedQuestion:
    """Mark a question to be corrected; a second reason takes the place of the first.

    Raises:
        ReviewRefused: the declaration is corrected or returned, the reason is missing, or the
            question is not answered in it.
    """
    require_current(session, declaration)
    _require_not_returned(session, declaration)
    if not reason.strip():
        raise ReviewRefused("Say what is to be corrected: the supplier reads it.")
    if question_id not in returning.signed_answers(declaration):
        raise ReviewRefused("This question is not answered in the declaration.")
    row = returning.flagged(session, declaration.id).get(question_id)
    if row is None:
        row = FlaggedQuestion(declaration_id=declaration.id, question_id=question_id)
        session.add(row)
    row.reason, row.flagged_by, row.flagged_at = reason.strip(), by, now
    session.flush()
    return row


def unflag(session: Session, declaration: Declaration, question_id: str) -> bool:
    """Take the mark away again; return whether there was one.

    Raises:
        ReviewRefused: the declaration is returned already.
    """
    _require_not_returned(session, declaration)
    row = returning.flagged(session, declaration.id).get(question_id)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def give_back(
    session: Session, declaration: Declaration, *, reason: str, by: str, now: datetime
) -> ReturnedDeclaration:
    """Open the flagged questions to the supplier again, or all where none is flagged, and say so by mail.

    What else was changed since the signature and not signed is put back.

    Raises:
        ReviewRefused: the declaration is corrected or returned already, the reason is missing, or the
            campaign is closed.
    """
    require_current(session, declaration)
    _require_not_returned(session, declaration)
    invitation = declaration.invitation
    if not reason.strip():
        raise ReviewRefused("A decision needs a reason.")
    if invitation.campaign.closed_at:
        raise ReviewRefused("The campaign is closed, so nothing can be corrected in it.")
    row = ReturnedDeclaration(
        declaration_id=declaration.id, reason=reason.strip(), returned_by=by, returned_at=now
    )
    session.add(row)
    flagged = returning.flagged(session, declaration.id)
    if flagged:
        returning.put_as_signed(session, declaration, flagged, now)
    queue(
        session,
        template="returned",
        locale=invitation.locale,
        recipient=invitation.contact.email,
        context={"count": len(flagged), "reason": reason.strip()},
        invitation_id=invitation.id,
        now=now,
    )
    return row


def _require_not_returned(session: Session, declaration: Declaration) -> None:
    if returning.returned(session, declaration.id):
        raise ReviewRefused("This declaration has been returned already.")
