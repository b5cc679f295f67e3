"""How the tests of ratings get signed declarations."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation, InvitationState
from portal.declarations.models import Declaration, SignatoryRole


def declare(
    session: Session,
    invitation: Invitation,
    answers: dict[str, Any],
    now: datetime,
    supersedes: Declaration | None = None,
) -> Declaration:
    """Return a stored declaration of `answers`; the seal is not what these tests are about."""
    public_id = str(uuid4())
    document = {
        "id": public_id,
        "questionnaires": [],
        "answers": answers,
        "comments": {},
        "files": [],
    }
    declaration = Declaration(
        public_id=public_id,
        invitation=invitation,
        supplier_id=invitation.supplier_id,
        document=json.dumps(document),
        sha256="",
        seal="",
        key_id="",
        locale_answered="en",
        locale_signed="en",
        signatory_name="The managing director",
        signatory_title="Managing director",
        signatory_role=SignatoryRole.MANAGING_DIRECTOR,
        signed_at=now,
        supersedes_id=supersedes.id if supersedes else None,
    )
    invitation.state = InvitationState.SUBMITTED
    invitation.submitted_at = invitation.submitted_at or now
    session.add(declaration)
    session.flush()
    return declaration
