"""What a supplier has declared before and may confirm instead of writing it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.models import Attachment, Declaration
from portal.questionnaires.reuse import reusable
from portal.questionnaires.schema import Question, Questionnaire
from portal.questionnaires.validity import months_after


class Proposal(NamedTuple):
    """An earlier answer with its comment, and the day on which it was signed.

    `files` are those sealed with it in the cells of a table: they are carried on with their rows.
    """

    value: Any
    comment: str
    signed_on: date
    files: tuple[Attachment, ...] = ()

    def carried(self, value: object) -> tuple[Attachment, ...]:
        """Return the files whose rows stand in `value` as they were proposed."""
        if not self.files or not isinstance(value, list):
            return ()
        same = {row["id"] for row in value if row in self.value}
        return tuple(each for each in self.files if each.question_id.split(".")[1] in same)


def proposals(
    session: Session, invitation: Invitation, questionnaires: Iterable[Questionnaire]
) -> dict[str, Proposal]:
    """Return the newest signed answer to each question that may be proposed again, by question id.

    An answer is proposed where it was still valid when the campaign was launched (the questionnaire's
    `validity_months`), so that a proposal does not vanish while somebody is answering.
    """
    wanted = {
        question.id: (question, questionnaire.validity_months)
        for questionnaire in questionnaires
        for question in questionnaire.questions()
        if question.reuse
    }
    if not wanted:
        return {}
    launched = _day(invitation, invitation.campaign.launched_at)
    found: dict[str, Proposal] = {}
    for declaration in _earlier(session, invitation):
        signed_on = _day(declaration.invitation, declaration.signed_at)
        document = json.loads(declaration.document)
        for question_id, (question, months) in wanted.items():
            if question_id in found or months_after(signed_on, months) < launched:
                continue
            proposal = _proposal(question, document, signed_on)
            if proposal:
                files = _files(session, declaration, document, question)
                found[question_id] = proposal._replace(files=files)
    return found


def _proposal(question: Question, document: Mapping[str, Any], signed_on: date) -> Proposal | None:
    if question.id not in document["answers"]:
        return None
    value = reusable(question, document["answers"][question.id])
    comment = str(document["comments"].get(question.id, ""))
    return None if value is None else Proposal(value, comment, signed_on)


def _files(
    session: Session, declaration: Declaration, document: Mapping[str, Any], question: Question
) -> tuple[Attachment, ...]:
    """Return the files that `declaration` seals in the cells of a table, one for each cell."""
    cells = {f"{question.id}.{cell}" for cell in question.file_cells}
    sealed = {(f["question"], f["name"], f["sha256"]) for f in document["files"]}
    if not any(name in cells for name, _, _ in sealed):
        return ()
    rows = session.scalars(
        sa.select(Attachment)
        .where(
            Attachment.invitation_id == declaration.invitation_id, Attachment.question_id.in_(cells)
        )
        .order_by(Attachment.id)
    )
    found = {
        row.question_id: row for row in rows if (row.question_id, row.name, row.sha256) in sealed
    }
    return tuple(found.values())


def _earlier(session: Session, invitation: Invitation) -> Iterable[Declaration]:
    """Return the supplier's declarations in other campaigns that no correction has replaced, newest first."""
    wanted = {"supplier_id": invitation.supplier_id, "invitation_id": invitation.id}
    return session.scalars(_EARLIER, wanted)


# Every page of a survey asks this, so it is built once.
_REPLACED = sa.select(Declaration.supersedes_id).where(
    Declaration.supersedes_id.is_not(None),
    Declaration.supplier_id == sa.bindparam("supplier_id"),
)
_EARLIER = (
    sa.select(Declaration)
    .where(
        Declaration.supplier_id == sa.bindparam("supplier_id"),
        Declaration.invitation_id != sa.bindparam("invitation_id"),
        Declaration.id.not_in(_REPLACED),
    )
    .order_by(Declaration.signed_at.desc(), Declaration.id.desc())
)


def _day(invitation: Invitation, moment: datetime) -> date:
    """Return the day it was where the campaign's deadline counts."""
    return moment.astimezone(ZoneInfo(invitation.campaign.zone)).date()
