"""Tables of the suppliers and the people there."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.store import Base, BuyerOwned, PrimaryKey


class Criticality(enum.StrEnum):
    """How much the buyer depends on the supplier; it orders the work and never lowers a risk."""

    A = "A"
    B = "B"
    C = "C"


class Channel(enum.StrEnum):
    """Whether the supplier makes what it sells."""

    PRODUCER = "producer"
    DEALER = "dealer"


class CompanySize(enum.StrEnum):
    """How many people work there, in the bands of the company profile's question."""

    MICRO = "n1_9"
    SMALL = "n10_49"
    MEDIUM = "n50_249"
    LARGE = "n250_999"
    LARGER = "n1000_4999"
    LARGEST = "n5000"


class SupplierKind(enum.StrEnum):
    """What an entry of the register is; the words are those of a questionnaire's `audience`."""

    SUPPLIER = "supplier"
    # Who holds an agreement that others use: a landlord or partner. Asked, but never rated.
    AGREEMENT_OWNER = "agreement_owner"


class SupplierStatus(enum.StrEnum):
    """Whether the buyer still buys from the supplier."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Stage(enum.StrEnum):
    """How far the buyer has come with a new supplier."""

    SCREENED = "screened"
    ASKED = "asked"
    CLEARED = "cleared"
    NOT_CLEARED = "not_cleared"


class Supplier(Base, BuyerOwned):
    """A company the buyer buys from, or the owner of an agreement, by the buyer's own key."""

    __tablename__ = "supplier"
    __table_args__ = (sa.UniqueConstraint("buyer_id", "key"),)

    id: Mapped[PrimaryKey]
    key: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[SupplierKind] = mapped_column(default=SupplierKind.SUPPLIER)
    org_number: Mapped[str] = mapped_column(sa.String(64), default="")
    country: Mapped[str] = mapped_column(sa.String(2))
    production_countries: Mapped[list[str]] = mapped_column(default=list)
    category: Mapped[str] = mapped_column(sa.String(64), default="uncategorised")
    # Empty until the buyer has judged it.
    criticality: Mapped[Criticality | None]
    spend: Mapped[Decimal | None] = mapped_column(sa.Numeric(16, 2))
    currency: Mapped[str] = mapped_column(sa.String(3), default="")
    channel: Mapped[Channel | None]
    # Empty where the buyer does not know it.
    size: Mapped[CompanySize | None]
    status: Mapped[SupplierStatus] = mapped_column(default=SupplierStatus.ACTIVE)
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    responsible_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    # Empty for who was never screened; who decided it, when and why.
    stage: Mapped[Stage | None]
    stage_reason: Mapped[str] = mapped_column(sa.Text, default="")
    stage_by: Mapped[str] = mapped_column(default="")
    stage_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Contact(Base, BuyerOwned):
    """A person or shared mailbox at a supplier."""

    __tablename__ = "contact"
    __table_args__ = (sa.UniqueConstraint("supplier_id", "email"),)

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(index=True)
    # Empty where it is not known.
    locale: Mapped[str] = mapped_column(sa.String(16), default="")
    role: Mapped[str] = mapped_column(default="")
    # As people write it: it is dialled by a person, never by us.
    phone: Mapped[str] = mapped_column(sa.String(64), default="")
    primary: Mapped[bool] = mapped_column(default=False)
    bounced_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    objected_at: Mapped[datetime | None]

    supplier: Mapped[Supplier] = relationship()

    @property
    def usable(self) -> bool:
        """Whether mail may be sent to this address."""
        return not (self.bounced_at or self.left_at or self.objected_at)


class SubjectKind(enum.StrEnum):
    """What answers can be about, beside the supplier."""

    AGREEMENT = "agreement"
    MATERIAL = "material"


class Subject(Base, BuyerOwned):
    """An agreement with a supplier, or a material from it, that questionnaires are answered for."""

    __tablename__ = "subject"
    __table_args__ = (sa.UniqueConstraint("supplier_id", "kind", "key"),)

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    kind: Mapped[SubjectKind]
    key: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[str]
    # Where the work of an agreement is done, or what kind of material it is.
    place: Mapped[str] = mapped_column(default="")
    # NOK per hour, of an agreement: what nobody who works on it may earn less than.
    min_hourly_rate: Mapped[Decimal | None] = mapped_column(sa.Numeric(10, 2))
    ended: Mapped[bool] = mapped_column(default=False)

    supplier: Mapped[Supplier] = relationship()


class Certificate(Base, BuyerOwned):
    """A certificate a supplier holds, with its end date."""

    __tablename__ = "certificate"

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(64))
    issuer: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[date | None]
    storage_key: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))

    supplier: Mapped[Supplier] = relationship()
