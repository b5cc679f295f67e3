"""Writing into the audit trail what the signed-in user does."""

from __future__ import annotations

from flask import request

from portal.database import db_session
from portal.events.models import Actor
from portal.events.service import record
from portal.store import JsonObject
from portal.web import clock
from portal.web.buyer.shell import signed_in_user


def note(
    action: str, subject_kind: str, subject_id: object, details: JsonObject | None = None
) -> None:
    """Record `action` of the signed-in user, now; the view commits it with the change itself."""
    record(
        db_session(),
        at=clock.now(),
        actor_kind=Actor.BUYER,
        actor=signed_in_user().email,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        details=details,
        ip=request.remote_addr or "",
    )
