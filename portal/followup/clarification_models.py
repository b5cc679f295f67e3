"""The table of clarifications: questions about single answers of a declaration."""

from __future__ import annotations

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.declarations.models import Declaration
from portal.followup.models import Correspondence
from portal.store import Base, BuyerOwned, PrimaryKey


class Conclusion(enum.StrEnum):
    """What the buyer made of an answer once it had asked about it."""

    ACCEPTED = "accepted"
    FINDING = "finding"
    SET_ASIDE = "set_aside"  # closed without a judgement


class Clarification(Base, BuyerOwned):
    """A question about one answer; what was asked and answered stands in its thread."""

    __tablename__ = "clarification"

    id: Mapped[PrimaryKey]
    correspondence_id: Mapped[int] = mapped_column(sa.ForeignKey("correspondence.id"), unique=True)
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    question_id: Mapped[str] = mapped_column(sa.String(128))
    # The user who asked last: told when an answer comes.
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    # "End of this day" where the buyer is.
    due_on: Mapped[date]
    # Empty until it is closed.
    conclusion: Mapped[Conclusion | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    closed_by: Mapped[str] = mapped_column(default="")

    correspondence: Mapped[Correspondence] = relationship(lazy="joined")
    declaration: Mapped[Declaration] = relationship()
