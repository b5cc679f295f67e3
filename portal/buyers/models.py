"""Tables of the buyer and its people."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_security.core import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.store import Base, BuyerOwned, PrimaryKey


class RoleName(enum.StrEnum):
    """What a user may do: an auditor reads, a reviewer judges answers, a buyer asks, an admin sets up."""

    ADMIN = "admin"
    BUYER = "buyer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


class Buyer(Base):
    """A company or public body that asks its suppliers: the tenant."""

    __tablename__ = "buyer"

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(unique=True)
    org_number: Mapped[str] = mapped_column(sa.String(64), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="NO")
    locale: Mapped[str] = mapped_column(sa.String(16), default="nb")
    zone: Mapped[str] = mapped_column(sa.String(64), default="Europe/Oslo")
    # Who a supplier may ask for help; mails are answered to this address.
    contact_role: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(64), default="")
    privacy_url: Mapped[str] = mapped_column(sa.String(1000), default="")
    # Whether a supplier is cleared only after it accepted the Code of Conduct in force.
    clearing_needs_code: Mapped[bool] = mapped_column(default=False)
    # Whether a receipt advises the supplier on what would help most.
    shares_advice: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


roles_users = sa.Table(
    "roles_users",
    Base.metadata,
    sa.Column("user_id", sa.ForeignKey("user.id"), primary_key=True),
    sa.Column("role_id", sa.ForeignKey("role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A role, by its `RoleName`."""

    __tablename__ = "role"

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(sa.String(32), unique=True)


class User(Base, UserMixin):
    """A person of a buyer.

    Not behind the wall of `BuyerOwned`: sign-in looks a user up by e-mail before any buyer is known.
    """

    __tablename__ = "user"

    id: Mapped[PrimaryKey]
    buyer_id: Mapped[int] = mapped_column(sa.ForeignKey("buyer.id"), index=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(sa.String(16), default="")
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None]
    create_datetime: Mapped[datetime]

    buyer: Mapped[Buyer] = relationship(lazy="joined")
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # narrower than the mixin's
        secondary=roles_users, lazy="selectin"
    )


class CodeOfConduct(Base, BuyerOwned):
    """One language of one version of the buyer's Supplier Code of Conduct."""

    __tablename__ = "code_of_conduct"
    __table_args__ = (sa.UniqueConstraint("buyer_id", "version", "locale"),)

    id: Mapped[PrimaryKey]
    version: Mapped[str] = mapped_column(sa.String(32))
    locale: Mapped[str] = mapped_column(sa.String(16))
    applies_from: Mapped[date]
    filename: Mapped[str]
    media_type: Mapped[str]
    # Plain text is shown on the page; any other file is kept in the file store and downloaded.
    text: Mapped[str | None] = mapped_column(sa.Text)
    storage_key: Mapped[str | None]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    uploaded_at: Mapped[datetime]
