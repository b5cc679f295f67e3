"""A declaration that the buyer gave back: which questions are open again, and putting the rest as signed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation, InvitationState
from portal.declarations import drafts
from portal.declarations.drafts import COMMENT, Change
from portal.declarations.models import (
    Attachment,
    Declaration,
    FlaggedQuestion,
    ReturnedDeclaration,
)
from portal.declarations.queries import latest

# Under which name the drafts are put back: no browser has it.
BY = "returned"


@dataclass(frozen=True)
class Returned:
    """Why a declaration was given back; `flagged` has a reason per question, empty for all of it.

    `answers` are those that were signed, with comments under `<question id>.comment`.
    """

    reason: str
    flagged: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


def flagged(session: Session, declaration_id: int) -> dict[str, FlaggedQuestion]:
    """Return the questions of a declaration that the buyer wants corrected, by question id."""
    rows = sa.select(FlaggedQuestion).where(FlaggedQuestion.declaration_id == declaration_id)
    return {row.question_id: row for row in session.scalars(rows.order_by(FlaggedQuestion.id))}


def returned(session: Session, declaration_id: int) -> ReturnedDeclaration | None:
    """Return the row that says that a declaration was given back, None if it was not."""
    return session.scalar(_RETURNED, {"declaration_id": declaration_id})


_RETURNED = sa.select(ReturnedDeclaration).where(
    ReturnedDeclaration.declaration_id == sa.bindparam("declaration_id")
)


def asked_back(session: Session, invitation: Invitation) -> Returned | None:
    """Return what is to be corrected in the declaration that counts; None if nothing is."""
    if invitation.state is not InvitationState.SUBMITTED:
        return None
    declaration = latest(session, invitation)
    row = returned(session, declaration.id) if declaration else None
    if declaration is None or row is None:
        return None
    reasons = {name: one.reason for name, one in flagged(session, declaration.id).items()}
    return Returned(row.reason, reasons, signed_answers(declaration))


def signed_answers(declaration: Declaration) -> dict[str, Any]:
    """Return the signed answers by question id, and comments under `<question id>.comment`."""
    document = json.loads(declaration.document)
    comments = {f"{name}{COMMENT}": text for name, text in document["comments"].items()}
    return {**document["answers"], **comments}


def put_as_signed(
    session: Session, declaration: Declaration, but: Iterable[str], now: datetime
) -> None:
    """Put the drafts back to what was signed, except those of the questions in `but`."""
    signed, invitation = signed_answers(declaration), declaration.invitation
    left = set(but)
    names = {name.removesuffix(COMMENT) for name in signed} - left
    changes = {name: Change(signed.get(name), signed.get(f"{name}{COMMENT}", "")) for name in names}
    drafts.save(session, invitation, changes, BY, now)
    _put_files_as_signed(session, declaration, left, now)


def _put_files_as_signed(
    session: Session, declaration: Declaration, left: set[str], now: datetime
) -> None:
    sealed = {
        (each["question"], each["name"], each["sha256"])
        for each in json.loads(declaration.document)["files"]
    }
    files = session.scalars(
        sa.select(Attachment)
        .where(Attachment.invitation_id == declaration.invitation_id)
        .order_by(Attachment.id)
    )
    for file in files:
        if file.owner in left:
            continue
        was_signed = (file.question_id, file.name, file.sha256) in sealed
        sealed.discard((file.question_id, file.name, file.sha256))
        file.removed_at = None if was_signed else file.removed_at or now
    session.flush()
