"""What is read about a survey beside its answers."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.models import Declaration
from portal.events.models import Event

_SIGNATURE_STEPS = ("signature.requested", "signature.sent_back", "declaration.signed")


def latest(session: Session, invitation: Invitation) -> Declaration | None:
    """Return the declaration that counts: the last one signed."""
    return session.scalar(_LATEST, {"invitation_id": invitation.id})


# Built once: nearly every page asks it.
_LATEST = (
    sa.select(Declaration)
    .where(Declaration.invitation_id == sa.bindparam("invitation_id"))
    .order_by(Declaration.id.desc())
    .limit(1)
)


def sent_back_comment(session: Session, invitation: Invitation) -> str | None:
    """Return the signatory's comment if the form was sent back and not passed on again since."""
    last = session.scalar(_LAST_STEP, {"public_id": invitation.public_id})
    if last is None or last.action != "signature.sent_back":
        return None
    return str(last.details.get("comment", ""))


_LAST_STEP = (
    sa.select(Event)
    .where(
        Event.subject_kind == "invitation",
        Event.subject_id == sa.bindparam("public_id"),
        Event.action.in_(_SIGNATURE_STEPS),
    )
    .order_by(Event.seq.desc())
    .limit(1)
)
