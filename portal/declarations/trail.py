"""The lines that a supplier's doings leave in the buyer's audit trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.events.models import Actor
from portal.events.service import record


def note(
    session: Session,
    invitation: Invitation,
    action: str,
    now: datetime,
    ip: str = "",
    **details: str,
) -> None:
    """Add a line to the trail: what a holder of the supplier's link did."""
    session.flush()
    record(
        session,
        at=now,
        actor_kind=Actor.SUPPLIER,
        actor=invitation.supplier.name,
        action=action,
        subject_kind="invitation",
        subject_id=invitation.public_id,
        details=details,
        ip=ip,
    )
