"""Tables of visits, audits and spot checks, and of how often they are due."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.store import Base, BuyerOwned, PrimaryKey
from portal.suppliers.models import Supplier


class VisitKind(enum.StrEnum):
    """How somebody looked for themselves."""

    VISIT = "visit"
    AUDIT = "audit"
    SPOT_CHECK = "spot_check"
    OTHERS_REPORT = "others_report"  # the report of an audit that somebody else ordered


class VisitResult(enum.StrEnum):
    """What came of it."""

    NO_DEVIATIONS = "no_deviations"
    MINOR = "minor"
    SERIOUS = "serious"
    NOT_CARRIED_OUT = "not_carried_out"


class Visit(Base, BuyerOwned):
    """A visit, audit or spot check of a supplier: planned, then done or not carried out."""

    __tablename__ = "visit"

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    kind: Mapped[VisitKind]
    # The day it is planned for, or the first and last day between which it shall be.
    planned_from: Mapped[date | None]
    planned_to: Mapped[date | None]
    # The day it was done, or on which it was clear that it would not be.
    done_on: Mapped[date | None] = mapped_column(index=True)
    # Who goes, or went: names or a company, as the buyer writes it.
    who: Mapped[str] = mapped_column(default="")
    # Empty until it is over.
    result: Mapped[VisitResult | None]
    # What was found; or, if it was not carried out, why.
    text: Mapped[str] = mapped_column(sa.Text, default="")
    # When somebody should look again: for a reason, beside the interval.
    next_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    updated_at: Mapped[datetime]

    supplier: Mapped[Supplier] = relationship(lazy="joined")


class VisitFile(Base, BuyerOwned):
    """A file about a visit: a report, a photo."""

    __tablename__ = "visit_file"

    id: Mapped[PrimaryKey]
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(sa.String(128))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    storage_key: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str]


class VisitIntervals(Base, BuyerOwned):
    """A buyer's own years between visits; without a row the rule's own count."""

    __tablename__ = "visit_intervals"
    __table_args__ = (sa.UniqueConstraint("buyer_id"),)

    id: Mapped[PrimaryKey]
    critical_years: Mapped[int]
    high_years: Mapped[int]
