"""Prints of the free texts in signed declarations: they tell which texts several suppliers share."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.declarations.drafts import COMMENT
from portal.declarations.models import Declaration, TextPrint
from portal.declarations.survey import Survey

# Shorter texts ("We follow the law.") are the same by chance. Counted in letters and digits.
SHORTEST = 40


def keep(session: Session, survey: Survey, declaration: Declaration) -> None:
    """Keep a print of every free text that `declaration`, made of `survey`, holds."""
    session.add_all(
        TextPrint(
            declaration_id=declaration.id,
            supplier_id=declaration.supplier_id,
            question_id=question_id,
            sha256=digest,
        )
        for question_id, text in _texts(survey)
        if (digest := print_of(text))
    )


def print_of(text: str) -> str:
    """Return the SHA-256 (hex) of the text's letters and digits; empty where it is too short to tell."""
    plain = "".join(c for c in text.casefold() if c.isalnum())
    return sha256(plain.encode()).hexdigest() if len(plain) >= SHORTEST else ""


def shared(session: Session, declaration: Declaration) -> tuple[str, ...]:
    """Return the questions whose text another supplier of the buyer had signed before."""
    signed = {"declaration_id": declaration.id, "supplier_id": declaration.supplier_id}
    return tuple(dict.fromkeys(session.scalars(_SHARED, signed)))


_own, _other = aliased(TextPrint), aliased(TextPrint)
_SHARED = (
    sa.select(_own.question_id)
    .join(_other, _other.sha256 == _own.sha256)
    .where(
        _own.declaration_id == sa.bindparam("declaration_id"),
        _other.supplier_id != sa.bindparam("supplier_id"),
        _other.declaration_id < sa.bindparam("declaration_id"),
    )
    .order_by(_own.id)
)


def _texts(survey: Survey) -> Iterator[tuple[str, str]]:
    """Yield (question id, text): texts and comments, without what names a person."""
    for questionnaire in survey.questionnaires:
        for question in survey.shown.of(questionnaire):
            if question.pii:
                continue
            if question.type == "text":
                yield question.id, str(survey.answers.get(question.id, ""))
            yield question.id, str(survey.answers.get(question.id + COMMENT, ""))
