"""Many declarations: a few are signed as suppliers sign them, the others are copies of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench import seeding
from portal.campaigns.models import Invitation
from portal.declarations import answering, drafts, service
from portal.declarations.models import Declaration, SignatoryRole
from portal.declarations.signing import Signatory
from portal.state import state
from portal.store import Base
from portal.suppliers.models import Supplier

# Enough to differ; signing each would take longer than the measuring.
_SIGNED = 48
_AT_ONCE = 1000
_SIGNATORY = Signatory("Kim Berg", "General manager", SignatoryRole.OWNER, "I may sign.")


def fill(session: Session, count: int, title: str) -> int:
    """Store `count` declarations in a campaign of their own; return the campaign's id."""
    signed = min(_SIGNED, count)
    originals = [_sign(session, each) for each in seeding.invite(session, signed, title)]
    session.commit()
    for start in range(signed, count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, count))
        _copy(session, [originals[number % signed] for number in numbers])
    session.commit()
    return originals[0].invitation.campaign_id


def _sign(session: Session, invitation: Invitation) -> Declaration:
    now = datetime.now(UTC)
    answering.start(session, invitation, now)
    drafts.save(session, invitation, seeding.changes(session, invitation), "bench", now)
    return service.sign(
        session,
        invitation,
        _SIGNATORY,
        key=state().seal_key,
        short_form=state().library.scoring.short_form,
        locale=seeding.LOCALE,
        now=now,
    ).declaration


def _copy(session: Session, originals: Sequence[Declaration]) -> None:
    """Add a supplier, an invitation and a declaration like each of the originals."""
    suppliers = _add(
        session, Supplier, ((d.invitation.supplier, {"key": _name()}) for d in originals)
    )
    invitations = _add(
        session,
        Invitation,
        (
            (d.invitation, {"supplier_id": supplier, "public_id": _name()[:20]})
            for d, supplier in zip(originals, suppliers, strict=True)
        ),
    )
    _add(
        session,
        Declaration,
        (
            (d, {"supplier_id": supplier, "invitation_id": invitation, "public_id": str(uuid4())})
            for d, supplier, invitation in zip(originals, suppliers, invitations, strict=True)
        ),
    )


def _add(
    session: Session, kind: type[Base], rows: Iterator[tuple[Base, dict[str, Any]]]
) -> Sequence[int]:
    """Insert a copy of each row with other values; return the ids in order."""
    columns = [each.key for each in sa.inspect(kind).column_attrs if each.key != "id"]
    values = [{name: getattr(row, name) for name in columns} | other for row, other in rows]
    table = cast("sa.Table", kind.__table__)
    statement = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return session.connection().scalars(statement, values).all()


def _name() -> str:
    return uuid4().hex
