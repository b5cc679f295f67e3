"""A critical answer tells named people at once: queued in the transaction of the submission."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.events.models import Actor
from portal.events.service import record
from portal.followup.alert_models import Alert, Duty
from portal.followup.duties import people, tell
from portal.ratings.models import Finding
from portal.suppliers.models import Supplier

TEMPLATE = "user_alert"
CRITICAL = "critical"


# The question, and the place of the rule that its answer met.
Revealed = tuple[str, int | None]


def news(found: Mapping[str, Revealed], before: Collection[Revealed]) -> list[str]:
    """Return the ids of what is `found` and was not revealed by the same answer `before`."""
    return [public_id for public_id, revealed in found.items() if revealed not in before]


def after_submission(session: Session, declaration: Declaration, now: datetime) -> Alert | None:
    """Tell who is on duty of the critical answers of `declaration`; return what was told, if anything.

    Critical is a finding of the highest severity or under a red flag. A correction tells only of what
    the declaration it replaces did not reveal. Doing it again for the same declaration does nothing.
    """
    if session.scalar(_TOLD, {"declaration_id": declaration.id}):
        return None
    before = _critical(session, declaration.supersedes_id).values()
    found = news(_critical(session, declaration.id), list(before))
    if not found:
        return None
    supplier = session.get_one(Supplier, declaration.supplier_id)
    told = people(session, Duty.CRITICAL)
    for user in told:
        tell(session, user, TEMPLATE, {"supplier_name": supplier.name, "findings": found}, now)
    alert = Alert(
        declaration_id=declaration.id, findings=found, told=[user.email for user in told], at=now
    )
    session.add(alert)
    session.flush()
    record(
        session,
        at=now,
        actor_kind=Actor.SYSTEM,
        actor="",
        action="alert.queued",
        subject_kind="supplier",
        subject_id=supplier.id,
        details={"findings": found, "told": alert.told},
    )
    return alert


def _critical(session: Session, declaration_id: int | None) -> dict[str, Revealed]:
    """Return what a declaration revealed that cannot wait, by public id, in the questionnaire's order."""
    if declaration_id is None:
        return {}
    rows = session.execute(_CRITICAL, {"declaration_id": declaration_id})
    return {public_id: (question_id, rule) for public_id, question_id, rule in rows}


_TOLD = sa.select(Alert.id).where(Alert.declaration_id == sa.bindparam("declaration_id"))
_CRITICAL = (
    sa.select(Finding.public_id, Finding.question_id, Finding.rule)
    .where(
        Finding.declaration_id == sa.bindparam("declaration_id"),
        Finding.made_by == "",
        sa.or_(Finding.severity == CRITICAL, Finding.red_flag),
    )
    .order_by(Finding.id)
)
