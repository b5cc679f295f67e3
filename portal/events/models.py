"""The audit trail's table."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.store import AppendOnly, Base, BuyerOwned, JsonObject, PrimaryKey


class Actor(enum.StrEnum):
    """Who did it: a user of the buyer, somebody with a supplier's link, or the clock."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    SYSTEM = "system"


class Event(Base, BuyerOwned, AppendOnly):
    """Who did what when: append-only, each row holding the hash of the one before it."""

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("buyer_id", "seq"),
        sa.Index("ix_event_subject_kind_subject_id", "subject_kind", "subject_id"),
    )

    id: Mapped[PrimaryKey]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[Actor]
    actor: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(sa.String(64), index=True)
    subject_kind: Mapped[str] = mapped_column(sa.String(32), default="")
    subject_id: Mapped[str] = mapped_column(sa.String(64), default="")
    details: Mapped[JsonObject] = mapped_column(default=dict)
    ip: Mapped[str] = mapped_column(sa.String(64), default="")
    prev_hash: Mapped[str] = mapped_column(sa.String(64))
    row_hash: Mapped[str] = mapped_column(sa.String(64))
