"""Which invitations have a declaration that is decided about, or still waits for it, as conditions."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.campaigns.models import Invitation
from portal.declarations.models import Declaration
from portal.reviews.models import Decision, Outcome

_Value = TypeVar("_Value")


def decided(outcome: Outcome) -> sa.ColumnElement[bool]:
    """Return the condition: the declaration that counts was last decided about so."""
    return decision_of_invitation(Decision.outcome) == outcome


def to_review() -> sa.ColumnElement[bool]:
    """Return the condition: a declaration is signed and nobody has decided about it."""
    signed = sa.exists().where(Declaration.invitation_id == Invitation.id).correlate(Invitation)
    return sa.and_(signed, decision_of_invitation(Decision.id).is_(None))


def decision_of_invitation(column: InstrumentedAttribute[_Value]) -> sa.ScalarSelect[_Value]:
    """Return `column` of the decision that counts about an invitation's declaration, as SQL.

    A corrected declaration waits anew: what was decided about the one before no longer counts.
    """
    return (
        sa.select(column)
        .join(Declaration, Declaration.id == Decision.declaration_id)
        .where(Declaration.id == _newest())
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Invitation)
        .scalar_subquery()
    )


def _newest() -> sa.ScalarSelect[int]:
    other = aliased(Declaration)
    return (
        sa.select(sa.func.max(other.id))
        .where(other.invitation_id == Invitation.id)
        .correlate(Invitation)
        .scalar_subquery()
    )
