"""Tables of the correspondence with a supplier outside the survey: threads that the buyer opens."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.buyers.models import Buyer
from portal.store import AppendOnly, Base, BuyerOwned, PrimaryKey
from portal.suppliers.models import Contact, Supplier


class Correspondence(Base, BuyerOwned):
    """A thread with one contact of a supplier, opened by the buyer; it has a personal link of its own.

    What it is about names it: a clarification or a corrective action holds its id.
    """

    __tablename__ = "correspondence"

    id: Mapped[PrimaryKey]
    # Names the thread in addresses and mail headers; gives no access by itself.
    public_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    # The contact's language when it began; the reader's own choice from then on.
    locale: Mapped[str] = mapped_column(sa.String(16))
    # Raised to make every link sent so far worthless.
    link_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    closed_at: Mapped[datetime | None]

    buyer: Mapped[Buyer] = relationship()
    supplier: Mapped[Supplier] = relationship(lazy="joined")
    contact: Mapped[Contact] = relationship(lazy="joined")


class Remark(Base, BuyerOwned, AppendOnly):
    """What one side wrote in a thread."""

    __tablename__ = "remark"

    id: Mapped[PrimaryKey]
    correspondence_id: Mapped[int] = mapped_column(sa.ForeignKey("correspondence.id"), index=True)
    by_supplier: Mapped[bool]
    # A user's or a contact's e-mail address.
    author: Mapped[str]
    text: Mapped[str] = mapped_column(sa.Text, default="")
    written_at: Mapped[datetime]


class RemarkFile(Base, BuyerOwned, AppendOnly):
    """A file given with a remark."""

    __tablename__ = "remark_file"

    id: Mapped[PrimaryKey]
    remark_id: Mapped[int] = mapped_column(sa.ForeignKey("remark.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    storage_key: Mapped[str] = mapped_column(unique=True)


class FollowUpReminder(Base, BuyerOwned, AppendOnly):
    """The ledger of reminders about threads: the unique row keeps a step from being sent twice."""

    __tablename__ = "follow_up_reminder"
    __table_args__ = (sa.UniqueConstraint("correspondence_id", "due_on", "step"),)

    id: Mapped[PrimaryKey]
    correspondence_id: Mapped[int] = mapped_column(sa.ForeignKey("correspondence.id"), index=True)
    # The day by which an answer was asked for, and the days from it: negative ones lie before.
    due_on: Mapped[date]
    step: Mapped[int]
    sent_at: Mapped[datetime]
