"""What a supplier's page says of its invitations and of how they were chased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.deadlines import deadline_day
from portal.campaigns.models import Invitation
from portal.reminders.models import Reminder
from portal.reminders.queries import reminders_of
from portal.reminders.service import is_remindable
from portal.suppliers.models import Supplier
from portal.web.buyer.reminder_words import step_name


@dataclass(frozen=True)
class Chased:
    """An invitation with the steps of its ledger, each with its name."""

    row: Invitation
    deadline: date
    remindable: bool
    steps: list[tuple[str, Reminder]]


def reminders(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return the supplier's invitations, newest first."""
    rows = session.scalars(
        sa.select(Invitation)
        .where(Invitation.supplier_id == supplier.id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    ).all()
    return {"invitations": [_chased(session, row) for row in rows]}


def _chased(session: Session, row: Invitation) -> Chased:
    return Chased(
        row=row,
        deadline=deadline_day(row),
        remindable=is_remindable(row),
        steps=[(step_name(one.step), one) for one in reminders_of(session, row)],
    )
