"""The outbox and mail log."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.store import Base, BuyerOwned, JsonObject, PrimaryKey


class MessageState(enum.StrEnum):
    """Where a message is on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # no longer wanted when its turn came
    BOUNCED = "bounced"


class Message(Base, BuyerOwned):
    """One mail to one address, written in the transaction of its cause and delivered later.

    `subject` and `body` are kept as sent, with the personal link left out: the link is made from the
    secret key at the moment of sending and stands nowhere in the database.
    """

    __tablename__ = "message"
    __table_args__ = (sa.Index("ix_message_due", "state", "due_at"),)

    id: Mapped[PrimaryKey]
    # The left part of the Message-ID header: the same at every attempt.
    public_id: Mapped[str] = mapped_column(sa.String(36), unique=True)
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    # Or the thread of the follow-up that it belongs to; mail to users belongs to neither.
    correspondence_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("correspondence.id"), index=True
    )
    template: Mapped[str] = mapped_column(sa.String(64))
    locale: Mapped[str] = mapped_column(sa.String(16))
    recipient: Mapped[str] = mapped_column(sa.String(320))
    # Plain values the template shows; never a link.
    context: Mapped[JsonObject] = mapped_column(default=dict)
    subject: Mapped[str | None] = mapped_column(sa.String(500))
    body: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[MessageState] = mapped_column(default=MessageState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(sa.String(1000))
