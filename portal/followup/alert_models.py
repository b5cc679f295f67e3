"""Tables of who is told at once, and of what was told."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.store import AppendOnly, Base, BuyerOwned, PrimaryKey


class Duty(enum.StrEnum):
    """What a person of the buyer is told of by mail."""

    CRITICAL = "critical"  # a critical answer has come in
    SILENCE = "silence"  # a supplier has left two reminders unanswered


class OnDuty(Base, BuyerOwned):
    """A user whom the buyer has named for a duty."""

    __tablename__ = "on_duty"
    __table_args__ = (sa.UniqueConstraint("user_id", "duty"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    duty: Mapped[Duty]


class Alert(Base, BuyerOwned, AppendOnly):
    """That critical answers of a declaration were told: the unique row keeps it from being told twice."""

    __tablename__ = "alert"

    id: Mapped[PrimaryKey]
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"), unique=True)
    # Public ids of the findings, and the addresses of those who were told.
    findings: Mapped[list[str]]
    told: Mapped[list[str]]
    at: Mapped[datetime]
