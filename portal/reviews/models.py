"""Tables of the review: what people of the buyer made of answers, files and declarations."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.store import AppendOnly, Base, BuyerOwned, JsonObject, PrimaryKey


class AnswerVerdict(enum.StrEnum):
    """What a reviewer made of one answer."""

    ACCEPTED = "accepted"
    NOT_RELEVANT_ACCEPTED = "not_relevant_accepted"
    NOT_RELEVANT_REFUSED = "not_relevant_refused"
    FINDING = "finding"


class AnswerJudgement(Base, BuyerOwned, AppendOnly):
    """A judgement of one answer of a sealed declaration; of several the newest counts."""

    __tablename__ = "answer_judgement"
    __table_args__ = (sa.Index("ix_answer_judgement_answer", "declaration_id", "question_id"),)

    id: Mapped[PrimaryKey]
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"))
    question_id: Mapped[str] = mapped_column(sa.String(128))
    verdict: Mapped[AnswerVerdict]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    judged_by: Mapped[str]
    judged_at: Mapped[datetime]


class Shown(enum.StrEnum):
    """How far a file carries the answer it was given with."""

    SAYS = "says"  # it only repeats the answer
    SHOWS = "shows"  # it is a document of what the answer says
    VERIFIED = "verified"  # somebody has checked that the document is true


class FileReading(Base, BuyerOwned, AppendOnly):
    """What a reviewer saw in a file, and the last day on which it holds; the newest counts."""

    __tablename__ = "file_reading"

    id: Mapped[PrimaryKey]
    attachment_id: Mapped[int] = mapped_column(sa.ForeignKey("attachment.id"), index=True)
    shown: Mapped[Shown]
    # None: it names no end.
    holds_until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    read_by: Mapped[str]
    read_at: Mapped[datetime]


class PublicAnswer(Base, BuyerOwned, AppendOnly):
    """An answer that a person of the buyer read in a public document, for a supplier that is silent.

    The newest for a question counts; the supplier's own declaration takes the place of all of them.
    """

    __tablename__ = "public_answer"
    __table_args__ = (sa.Index("ix_public_answer_question", "invitation_id", "question_id"),)

    id: Mapped[PrimaryKey]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"))
    question_id: Mapped[str] = mapped_column(sa.String(128))
    # {"value": ...} as the supplier would have given it; nothing inside where it is taken back.
    answer: Mapped[JsonObject]
    url: Mapped[str] = mapped_column(sa.String(1000))
    read_on: Mapped[date]
    # What the document says, in the reader's words.
    note: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by: Mapped[str]
    answered_at: Mapped[datetime]


class Outcome(enum.StrEnum):
    """What the buyer decided about a whole declaration."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    RETURNED = "returned"
    REJECTED = "rejected"


class Decision(Base, BuyerOwned, AppendOnly):
    """A decision about a declaration, with its reason and who took it; the newest counts."""

    __tablename__ = "declaration_decision"

    id: Mapped[PrimaryKey]
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    outcome: Mapped[Outcome]
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_by: Mapped[str]
    # The role in which it was taken: reviewer, buyer or admin.
    role: Mapped[str] = mapped_column(sa.String(16))
    decided_at: Mapped[datetime]
