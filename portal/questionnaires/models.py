"""Tables of the buyers' own questionnaires; what comes with the portal stays in files."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.store import AppendOnly, Base, BuyerOwned, PrimaryKey


class PublishedQuestionnaire(Base, BuyerOwned, AppendOnly):
    """One version of a buyer's own questionnaire, as it was uploaded."""

    __tablename__ = "published_questionnaire"
    __table_args__ = (sa.UniqueConstraint("buyer_id", "questionnaire_id", "version"),)

    id: Mapped[PrimaryKey]
    questionnaire_id: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[str] = mapped_column(sa.String(32))
    text: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by: Mapped[str]


class QuestionnaireTranslation(Base, BuyerOwned):
    """The translations of a buyer's own questionnaire into one language; campaigns freeze theirs."""

    __tablename__ = "questionnaire_translation"
    __table_args__ = (sa.UniqueConstraint("buyer_id", "questionnaire_id", "locale"),)

    id: Mapped[PrimaryKey]
    questionnaire_id: Mapped[str] = mapped_column(sa.String(64))
    locale: Mapped[str] = mapped_column(sa.String(16))
    # A .po file, as it was uploaded.
    text: Mapped[str] = mapped_column(sa.Text)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str]


class AnswerValidity(Base, BuyerOwned, AppendOnly):
    """How long a buyer lets signed answers to a questionnaire hold; of several the newest is in force."""

    __tablename__ = "answer_validity"
    __table_args__ = (sa.Index("ix_answer_validity_questionnaire", "buyer_id", "questionnaire_id"),)

    id: Mapped[PrimaryKey]
    questionnaire_id: Mapped[str] = mapped_column(sa.String(64))
    # None: as long as the questionnaire itself says.
    months: Mapped[int | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[str]
