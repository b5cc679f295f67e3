"""Tables of what answers revealed and of the ratings' history."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.store import AppendOnly, Base, BuyerOwned, JsonObject, PrimaryKey, WholeJson
from portal.suppliers.models import Supplier


class FindingStatus(enum.StrEnum):
    """How far the follow-up of a finding has come."""

    OPEN = "open"
    CLOSED = "closed"


class Finding(Base, BuyerOwned):
    """Something an answer revealed, as the supplier states it, or answers that may not fit together.

    Or what a reviewer found: then `made_by` says who, and `text` is in that person's words. Without
    a declaration it is what others report about the supplier, entered by `made_by`.
    """

    __tablename__ = "finding"

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(sa.String(36), unique=True)
    # Empty, like questionnaire and question, where no answer revealed it; the question alone where
    # the declaration as a whole did.
    declaration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("declaration.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    questionnaire_id: Mapped[str] = mapped_column(sa.String(64), default="")
    question_id: Mapped[str] = mapped_column(sa.String(128), default="")
    # Place of the rule among the question's, from 0; none for "not known". Finds the text in a language.
    rule: Mapped[int | None]
    # The check across answers that found it, empty for a finding of one answer; it counts nowhere.
    check_id: Mapped[str] = mapped_column(sa.String(64), default="")
    areas: Mapped[list[str]]
    severity: Mapped[str] = mapped_column(sa.String(16), index=True)
    red_flag: Mapped[bool] = mapped_column(default=False)
    # The flag over the supplier that it raised, or that an earlier finding had raised already.
    flag_id: Mapped[int | None] = mapped_column(sa.ForeignKey("red_flag.id"), index=True)
    # In English, as found; pages show it in the reader's language.
    text: Mapped[str] = mapped_column(sa.Text)
    measure: Mapped[str] = mapped_column(sa.Text, default="")
    norms: Mapped[list[str]] = mapped_column(default=list)
    points: Mapped[float] = mapped_column(default=0.0)
    status: Mapped[FindingStatus] = mapped_column(default=FindingStatus.OPEN)
    # Who made it by hand, in a review; empty for what an answer revealed by itself.
    made_by: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    supplier: Mapped[Supplier] = relationship()

    @property
    def is_external(self) -> bool:
        """Whether others report it, instead of an answer of the supplier."""
        return self.declaration_id is None


class RedFlag(Base, BuyerOwned):
    """A floor under a supplier's rating, with its source; cleared by a person with a reason."""

    __tablename__ = "red_flag"

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(64))
    # "answer", "person" or "import", and what exactly.
    source_kind: Mapped[str] = mapped_column(sa.String(16))
    source: Mapped[str]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    declaration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("declaration.id"))
    # The day of what it rests on, such as a judgement, where that is said.
    dated: Mapped[date | None]
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(default="")
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[str] = mapped_column(default="")
    clear_reason: Mapped[str] = mapped_column(sa.Text, default="")


class RatingTrigger(enum.StrEnum):
    """Why a rating was made."""

    LAUNCH = "launch"
    ANSWER = "answer"
    OVERDUE = "overdue"
    DECLINE = "decline"
    SUPPLIER = "supplier"  # country, category or criticality were changed
    FLAG = "flag"  # a person set or cleared a red flag
    REVIEW = "review"  # a person judged an answer or a document
    SETTINGS = "settings"
    REFERENCE = "reference"
    RECOMPUTE = "recompute"  # the nightly clock: answers age, documents expire


class RatingRecord(Base, BuyerOwned, AppendOnly):
    """One row of a supplier's rating history; recomputable from its own inputs, never updated."""

    __tablename__ = "rating"
    __table_args__ = (sa.Index("ix_rating_supplier_id_id", "supplier_id", "id"),)

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"))
    computed_at: Mapped[datetime]
    trigger: Mapped[RatingTrigger]
    model_version: Mapped[str] = mapped_column(sa.String(32))
    settings_version: Mapped[str] = mapped_column(sa.String(32))
    # Names every publication that was loaded beside the shipped ones.
    reference_version: Mapped[str] = mapped_column(sa.String(1000))
    inputs: Mapped[JsonObject] = mapped_column(WholeJson)
    # All scores 0-100, higher is worse; effectiveness 0-1.
    country_index: Mapped[float]
    category_index: Mapped[float]
    uplift: Mapped[float]
    inherent: Mapped[float]
    effectiveness: Mapped[float]
    residual: Mapped[float]
    inherent_band: Mapped[str] = mapped_column(sa.String(16))
    band: Mapped[str] = mapped_column(sa.String(16), index=True)
    basis: Mapped[str] = mapped_column(sa.String(32))
    priority: Mapped[str] = mapped_column(sa.String(4))
    red_flags: Mapped[list[str]]
    explanation: Mapped[list[JsonObject]] = mapped_column(WholeJson)
    # Of each topic asked about or material: {"likelihood": 0-100, "band": ..., "material": ...}.
    topics: Mapped[JsonObject] = mapped_column(default=dict)
    declaration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("declaration.id"))
    previous_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rating.id"))

    supplier: Mapped[Supplier] = relationship()


class RatingSettings(Base, BuyerOwned, AppendOnly):
    """One version of a buyer's settings of the model; the newest is in force, none means as shipped."""

    __tablename__ = "rating_settings"
    __table_args__ = (sa.UniqueConstraint("buyer_id", "version"),)

    id: Mapped[PrimaryKey]
    version: Mapped[int]
    # All of `ModelSettings` as JSON data, so that no later default changes what was in force.
    values: Mapped[JsonObject]
    reason: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class Publication(Base, AppendOnly):
    """A publisher's own file as the operator loaded it; of each source the newest is in force.

    Of the installation, not of one buyer: figures about countries are the same for all.
    """

    __tablename__ = "reference_publication"

    id: Mapped[PrimaryKey]
    source_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    title: Mapped[str]
    edition: Mapped[str] = mapped_column(sa.String(64))
    year: Mapped[int]
    # See `portal.ratings.reference.Figures`.
    figures: Mapped[JsonObject]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    loaded_at: Mapped[datetime]


class Rerating(Base, BuyerOwned):
    """Rating every supplier of a buyer again in the background: how far it has come."""

    __tablename__ = "rerating"

    id: Mapped[PrimaryKey]
    trigger: Mapped[RatingTrigger]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RatingOverride(Base, BuyerOwned):
    """A score set by a person beside the computed one: which stays as it is and is shown with it.

    Upwards needs a reason; downwards also a second person and an end.
    """

    __tablename__ = "rating_override"

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    score: Mapped[float]
    computed: Mapped[float]
    reason: Mapped[str] = mapped_column(sa.Text)
    set_at: Mapped[datetime]
    set_by: Mapped[str]
    ends_on: Mapped[date | None]
    # The second person; empty while a lower score still waits for one.
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
