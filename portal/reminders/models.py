"""The reminders' ledger."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.store import Base, BuyerOwned, PrimaryKey


class Reminder(Base, BuyerOwned):
    """One reminder step of one invitation: the unique row is what keeps it from being sent twice."""

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("invitation_id", "step"),)

    id: Mapped[PrimaryKey]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    # Days from the deadline ("-14", "3"), or "manual-1", "manual-2" … for one sent by hand.
    step: Mapped[str] = mapped_column(sa.String(32))
    due_on: Mapped[date]
    # Empty for a step that was passed over because a later one was due already.
    message_id: Mapped[int | None] = mapped_column(sa.ForeignKey("message.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")


class Escalation(Base, BuyerOwned):
    """That a supplier's silence was told to people of the buyer: once per invitation."""

    __tablename__ = "escalation"

    id: Mapped[PrimaryKey]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), unique=True)
    # The addresses of those who were told.
    told: Mapped[list[str]]
    at: Mapped[datetime]
