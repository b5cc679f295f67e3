"""How the tests make declarations without going through the survey's pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.buyers.code import CodeInForce
from portal.buyers.models import Buyer
from portal.campaigns import freezing
from portal.campaigns.models import Invitation, InvitationState
from portal.cli.sample.believable import Respondent, believable
from portal.declarations.models import Declaration, SignatoryRole
from portal.declarations.sealing import canonical
from portal.declarations.signing import Circumstances, Signatory, document
from portal.declarations.survey import context_of, open_survey
from portal.ratings.models import Finding
from tests.declarations.surveys import SHORT_FORM
from tests.makers import THEN, _stored

WHO = Signatory("Ola Hansen", "Manager", SignatoryRole.OWNER, "I may sign.")


def declare(
    session: Session,
    invitation: Invitation,
    answers: dict[str, Any],
    *,
    now: datetime = THEN,
    files: tuple[Any, ...] = (),
    supersedes: Declaration | None = None,
    code: CodeInForce | None = None,
) -> Declaration:
    """Return a stored declaration with these answers (and `<id>.comment`), of those that are shown."""
    survey = replace(
        open_survey(
            session,
            invitation,
            locale=invitation.locale,
            short_form=SHORT_FORM,
            today=now.date(),
        ),
        answers=answers,
        files=files,
        context=context_of(invitation, answers, SHORT_FORM, now.date()),
    )
    buyer = session.get_one(Buyer, invitation.buyer_id)
    facts = Circumstances(str(uuid4()), now, invitation.locale, "192.0.2.0")
    content = canonical(
        document(survey, WHO, facts, buyer=buyer, code=code, previous=supersedes)
    ).decode()
    invitation.state = InvitationState.SUBMITTED
    invitation.started_at = invitation.started_at or now
    invitation.submitted_at = invitation.submitted_at or now
    return _stored(
        session,
        Declaration(
            public_id=facts.public_id,
            invitation_id=invitation.id,
            supplier_id=invitation.supplier_id,
            document=content,
            sha256="a" * 64,
            seal="seal",
            key_id="key",
            locale_answered=invitation.locale,
            locale_signed=invitation.locale,
            signatory_name=WHO.name,
            signatory_title=WHO.title,
            signatory_role=WHO.role,
            signed_at=now,
            supersedes_id=supersedes.id if supersedes else None,
        ),
    )


def believed(
    session: Session, invitation: Invitation, seed: int = 1, care: float = 0.7
) -> dict[str, Any]:
    """Return believable answers to everything the invitation asks; with `care` 1 the best ones."""
    frozen = freezing.asked(session, invitation.campaign_id)
    who = Respondent(invitation.supplier.name, "NO", ("NO", "CN"), care, "2026-01-31")
    context = context_of(invitation, {}, SHORT_FORM, date(2026, 11, 21))
    questionnaires = [freezing.thawed(each, "en") for each in frozen]
    return believable(questionnaires, context, who, Random(seed))


def make_finding(session: Session, declaration: Declaration, **values: Any) -> Finding:
    """Return a stored, open finding."""
    defaults = {
        "public_id": str(uuid4()),
        "declaration_id": declaration.id,
        "supplier_id": declaration.supplier_id,
        "questionnaire_id": "labour_rights",
        "question_id": "lab_fee_payer",
        "areas": ["forced_labour", "wages"],
        "severity": "high",
        "red_flag": True,
        "text": "Workers paid fees.",
        "measure": "Ask for repayment.",
        "norms": ["c029"],
        "points": 6.5,
        "created_at": THEN,
    }
    return _stored(session, Finding(**(defaults | values)))
