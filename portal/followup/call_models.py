"""The table of telephone calls to suppliers that have not answered."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.campaigns.models import Invitation
from portal.store import AppendOnly, Base, BuyerOwned, PrimaryKey
from portal.suppliers.models import Contact


class CallOutcome(enum.StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    PROMISED = "promised"  # an answer, by a day
    REFUSES = "refuses"
    WRONG_NUMBER = "wrong_number"  # or the wrong person


class Call(Base, BuyerOwned, AppendOnly):
    """One call about an invitation, and what is to be done next; of several the newest counts."""

    __tablename__ = "call"

    id: Mapped[PrimaryKey]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    # Who was called, where it was one of the contacts.
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contact.id"))
    outcome: Mapped[CallOutcome]
    promised_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    called_at: Mapped[datetime]
    called_by: Mapped[str]

    invitation: Mapped[Invitation] = relationship()
    contact: Mapped[Contact | None] = relationship()
