"""What a supplier's page says of its mails and declarations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import flask_babel
import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.declarations.models import Attachment, Declaration
from portal.followup.models import Correspondence
from portal.outbox.models import Message
from portal.reports.declared import files_of, sections
from portal.reviews.decisions import decisions
from portal.reviews.public_answers import counting
from portal.suppliers.models import Supplier
from portal.web.buyer.reminder_words import template_name
from portal.web.buyer.review_words import OUTCOMES
from portal.web.supplier.section_page import in_words, size_in_words

# A page with every mail of ten years is of no use to anybody; the export has them all.
_MOST_MAILS = 50


def mails(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return the latest mails to the supplier, newest first, and how many there are."""
    asked = sa.select(Invitation.id).where(Invitation.supplier_id == supplier.id)
    threads = sa.select(Correspondence.id).where(Correspondence.supplier_id == supplier.id)
    about = sa.or_(Message.invitation_id.in_(asked), Message.correspondence_id.in_(threads))
    rows = session.scalars(
        sa.select(Message)
        .where(about)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(_MOST_MAILS)
    )
    return {
        "mails": [(template_name(row.template), row) for row in rows],
        "total": session.scalar(sa.select(sa.func.count(Message.id)).where(about)),
    }


def declarations(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return the supplier's declarations, newest first; the newest with its answers in words."""
    rows = session.scalars(
        sa.select(Declaration)
        .where(Declaration.supplier_id == supplier.id)
        .order_by(Declaration.id.desc())
    ).all()
    replaced = {row.supersedes_id for row in rows}
    decided = decisions(session, [row.id for row in rows])
    return {
        "declarations": [(row, row.id in replaced, decided.get(row.id)) for row in rows],
        "outcomes": OUTCOMES,
        "public": counting(session, [supplier.id]).get(supplier.id, []),
        **(answers(session, rows[0], str(flask_babel.get_locale())) if rows else {}),
    }


def answers(session: Session, declaration: Declaration, locale: str) -> dict[str, Any]:
    """Return what `declarations/answers.html` shows; the caller has chosen to speak `locale`."""
    shown = sections(session, declaration, locale)
    return {
        "declaration": declaration,
        "sections": shown,
        "words": {
            one.question.id: in_words(one.question, one.value)
            for section in shown
            for one in section.declared
        },
        "size_in_words": size_in_words,
        "answers_locale": locale,
    }


def declaration_or_404(public_id: str) -> Declaration:
    """Return the declaration of the signed-in user's buyer; 404 if there is none."""
    found = db_session().scalar(sa.select(Declaration).where(Declaration.public_id == public_id))
    if found is None:
        abort(404)
    return found


def file_of(declaration: Declaration, attachment_id: int) -> Attachment | None:
    """Return the file if `declaration` seals it."""
    declared = files_of(db_session(), declaration, json.loads(declaration.document))
    files = (each for together in declared.values() for each in together)
    return next((each for each in files if each.id == attachment_id), None)
