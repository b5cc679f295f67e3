"""Tables of the drafts, their files, and the signed declarations."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.campaigns.models import Invitation
from portal.store import AppendOnly, Base, BuyerOwned, NullableJson, PrimaryKey


class SignatoryRole(enum.StrEnum):
    """In which role somebody signs for the supplier."""

    OWNER = "owner"
    MANAGING_DIRECTOR = "managing_director"
    AUTHORISED_SIGNATORY = "authorised_signatory"


class Answer(Base, BuyerOwned):
    """A draft answer: one row per question while the supplier is writing."""

    __tablename__ = "answer"
    __table_args__ = (sa.UniqueConstraint("invitation_id", "question_id"),)

    id: Mapped[PrimaryKey]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    question_id: Mapped[str] = mapped_column(sa.String(128))
    # A JSON value, shaped by the question's type; null when only a comment is given.
    value: Mapped[Any] = mapped_column(NullableJson, nullable=True)
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    # Raised at each change; a save names the revision it saw.
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    # Which browser session wrote it: tells one person's two saves from two people's.
    updated_by: Mapped[str] = mapped_column(sa.String(64), default="")


class Declaration(Base, BuyerOwned, AppendOnly):
    """A signed, sealed declaration: never updated, never deleted by a buyer."""

    __tablename__ = "declaration"

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(sa.String(36), unique=True)
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    # The canonical JSON (RFC 8785) that the hash and the seal cover, byte for byte.
    document: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    seal: Mapped[str] = mapped_column(sa.String(128))
    key_id: Mapped[str] = mapped_column(sa.String(64))
    locale_answered: Mapped[str] = mapped_column(sa.String(16))
    locale_signed: Mapped[str] = mapped_column(sa.String(16))
    signatory_name: Mapped[str]
    signatory_title: Mapped[str]
    signatory_role: Mapped[SignatoryRole]
    signed_at: Mapped[datetime]
    supersedes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("declaration.id"))

    invitation: Mapped[Invitation] = relationship()


class FlaggedQuestion(Base, BuyerOwned):
    """A question of a declaration that the buyer wants corrected; it counts once this is returned."""

    __tablename__ = "flagged_question"
    __table_args__ = (sa.UniqueConstraint("declaration_id", "question_id"),)

    id: Mapped[PrimaryKey]
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"))
    question_id: Mapped[str] = mapped_column(sa.String(128))
    # Shown to the supplier beside the question.
    reason: Mapped[str] = mapped_column(sa.Text)
    flagged_by: Mapped[str]
    flagged_at: Mapped[datetime]


class ReturnedDeclaration(Base, BuyerOwned, AppendOnly):
    """That a declaration was given back: the flagged questions, or all of it where none is flagged."""

    __tablename__ = "returned_declaration"

    id: Mapped[PrimaryKey]
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"), unique=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    returned_by: Mapped[str]
    returned_at: Mapped[datetime]


class TextPrint(Base, BuyerOwned):
    """The print of one free text of a declaration; the same text has the same print."""

    __tablename__ = "text_print"

    id: Mapped[PrimaryKey]
    declaration_id: Mapped[int] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"))
    question_id: Mapped[str] = mapped_column(sa.String(128))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)


class Attachment(Base, BuyerOwned):
    """A file a supplier gave with an answer."""

    __tablename__ = "attachment"

    id: Mapped[PrimaryKey]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    # The question, or for a cell of a table `question.row.column`.
    question_id: Mapped[str] = mapped_column(sa.String(255))
    declaration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    # The same for a file that a later declaration carries on.
    storage_key: Mapped[str]
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @property
    def owner(self) -> str:
        """The question that the file belongs to, also where it stands in a cell."""
        return self.question_id.split(".", 1)[0]
