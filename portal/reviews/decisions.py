"""Decisions about whole declarations: approved, with conditions, returned or rejected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.reviews.models import Decision, Outcome
from portal.reviews.reviewable import ReviewRefused, require_current


def decide(
    session: Session,
    declaration: Declaration,
    outcome: Outcome,
    *,
    reason: str,
    by: str,
    role: str,
    now: datetime,
) -> Decision:
    """Keep a decision about `declaration` and return it; it opens nothing for the supplier.

    Raises:
        ReviewRefused: the reason is missing, or the declaration is corrected.
    """
    require_current(session, declaration)
    if not reason.strip():
        raise ReviewRefused("A decision needs a reason.")
    row = Decision(
        declaration_id=declaration.id,
        outcome=outcome,
        reason=reason.strip(),
        decided_by=by,
        role=role,
        decided_at=now,
    )
    session.add(row)
    session.flush()
    return row


def decisions(session: Session, declaration_ids: Iterable[int]) -> dict[int, Decision]:
    """Return the decision that counts of each declaration that has one, by its id."""
    rows = session.scalars(
        sa.select(Decision)
        .where(Decision.declaration_id.in_(list(declaration_ids)))
        .order_by(Decision.id)
    )
    return {row.declaration_id: row for row in rows}


def decisions_by_invitation(
    session: Session, invitation_ids: Iterable[int]
) -> dict[int, Decision | None]:
    """Return the decision about the declaration that counts, by invitation id; None: not reviewed yet.

    Invitations without a declaration are left out.
    """
    newest = (
        sa.select(sa.func.max(Declaration.id))
        .where(Declaration.invitation_id.in_(list(invitation_ids)))
        .group_by(Declaration.invitation_id)
    )
    rows = session.execute(
        sa.select(Declaration.invitation_id, Decision)
        .outerjoin(Decision, Decision.declaration_id == Declaration.id)
        .where(Declaration.id.in_(newest))
        .order_by(Decision.id)
    )
    return {each.invitation_id: each.Decision for each in rows}


def decided(session: Session, declaration_id: int) -> list[Decision]:
    """Return all decisions about a declaration, newest first."""
    rows = sa.select(Decision).where(Decision.declaration_id == declaration_id)
    return list(session.scalars(rows.order_by(Decision.id.desc())))


def decisions_by_supplier(session: Session, supplier_ids: Iterable[int]) -> dict[int, Decision]:
    """Return the decision about each supplier's newest declaration, by supplier id, if it has one."""
    newest = (
        sa.select(sa.func.max(Declaration.id))
        .where(Declaration.supplier_id.in_(list(supplier_ids)))
        .group_by(Declaration.supplier_id)
    )
    rows = session.execute(
        sa.select(Declaration.supplier_id, Decision)
        .join(Decision, Decision.declaration_id == Declaration.id)
        .where(Declaration.id.in_(newest))
        .order_by(Decision.id)
    )
    return {each.supplier_id: each.Decision for each in rows}
