"""Answers that a person of the buyer read in public documents, for a supplier that stays silent.

Never signed, never the supplier's word: each names its address, the day it was read and who read it.
The supplier's own declaration takes the place of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.campaigns.models import Invitation, InvitationState
from portal.declarations.models import Declaration
from portal.questionnaires.answers import Value
from portal.reviews.models import PublicAnswer
from portal.reviews.reviewable import ReviewRefused

_LONGEST_URL = 1000


def add_public_answer(
    session: Session,
    invitation: Invitation,
    question_id: str,
    value: Value | None,
    *,
    url: str,
    read_on: date | None,
    note: str,
    by: str,
    today: date,
    now: datetime,
) -> PublicAnswer:
    """Keep what a public document says about a question; None takes back what was kept before.

    Raises:
        ReviewRefused: the supplier has declared itself, or the address or the day is missing.
    """
    if not may_answer(session, invitation):
        raise ReviewRefused("The supplier has answered itself. Its own declaration counts.")
    if value is not None:
        _check(url, read_on, today)
    row = PublicAnswer(
        invitation_id=invitation.id,
        question_id=question_id,
        answer={} if value is None else {"value": value},
        url=url.strip(),
        read_on=read_on or today,
        note=note.strip(),
        answered_by=by,
        answered_at=now,
    )
    session.add(row)
    session.flush()
    return row


def may_answer(session: Session, invitation: Invitation) -> bool:
    """Return whether public answers count: nothing is declared since the supplier was asked."""
    if invitation.state is InvitationState.CANCELLED:
        return False
    wanted = sa.select(Invitation.id).where(Invitation.id == invitation.id, ~declared_since())
    return session.scalar(wanted) is not None


def public_answers(session: Session, invitation_id: int) -> dict[str, PublicAnswer]:
    """Return what was read for an invitation, by question id; also where it no longer counts."""
    rows = session.scalars(
        sa.select(PublicAnswer)
        .where(PublicAnswer.invitation_id == invitation_id)
        .order_by(PublicAnswer.id)
    )
    newest = {row.question_id: row for row in rows}
    return {name: row for name, row in newest.items() if row.answer}


def counting(
    session: Session, supplier_ids: Iterable[int]
) -> dict[int, list[tuple[Invitation, dict[str, PublicAnswer]]]]:
    """Return the public answers that count, by supplier id, the newest invitation first."""
    ids = list(supplier_ids)
    if not ids:
        return {}
    rows = session.execute(
        sa.select(PublicAnswer, Invitation)
        .join(Invitation, Invitation.id == PublicAnswer.invitation_id)
        .where(
            Invitation.supplier_id.in_(ids),
            Invitation.state != InvitationState.CANCELLED,
            ~declared_since(),
        )
        .order_by(PublicAnswer.id)
    )
    asked: dict[int, Invitation] = {}
    newest: dict[int, dict[str, PublicAnswer]] = {}
    for row, invitation in rows:
        asked[invitation.id] = invitation
        newest.setdefault(invitation.id, {})[row.question_id] = row
    found: dict[int, list[tuple[Invitation, dict[str, PublicAnswer]]]] = {}
    for key in sorted(asked, reverse=True):
        answers = {name: row for name, row in newest[key].items() if row.answer}
        if answers:
            found.setdefault(asked[key].supplier_id, []).append((asked[key], answers))
    return found


def declared_since() -> sa.ColumnElement[bool]:
    """Return whether the supplier has declared anything since it got the invitation."""
    own = aliased(Declaration)
    return (
        sa.exists()
        .where(
            own.supplier_id == Invitation.supplier_id,
            sa.or_(own.invitation_id == Invitation.id, own.signed_at >= Invitation.created_at),
        )
        .correlate(Invitation)
    )


def _check(url: str, read_on: date | None, today: date) -> None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST_URL:
        raise ReviewRefused("Give the address of the document, with https://.")
    if read_on is None or read_on > today:
        raise ReviewRefused("Say on which day you read it; it cannot lie ahead.")
