"""What can be done with buyers and their users."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import available_timezones

import sqlalchemy as sa
from babel import Locale, UnknownLocaleError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from portal.buyers.models import Buyer, Role, RoleName, User


class Refused(Exception):
    """What was asked for cannot be done; `field` names the value that is wrong, if one is."""

    field = ""


class UnknownZone(Refused):
    """The zone is not in the time zone database."""

    field = "zone"


class UnknownLocaleCode(Refused):
    """The code names no language."""

    field = "locale"


class BadAddress(Refused):
    """The e-mail address is not written as one."""

    field = "email"


class BadName(Refused):
    """A buyer's name is empty or would break a line of a mail."""

    field = "name"


class BuyerExists(Refused):
    """There is a buyer of this name already."""

    field = "name"


class UserExists(Refused):
    """There is a user with this address already, perhaps of another buyer."""

    field = "email"


class UnknownBuyer(Refused):
    """There is no buyer of this name."""


class LastAdmin(Refused):
    """Without this user nobody of the buyer could change its users any more."""


@dataclass(frozen=True)
class BuyerSettings:
    """What a buyer says about itself; the contact is who suppliers may ask for help."""

    name: str
    locale: str = "nb"
    zone: str = "Europe/Oslo"
    org_number: str = ""
    contact_role: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    privacy_url: str = ""
    clearing_needs_code: bool = False
    shares_advice: bool = False


def add_buyer(session: Session, settings: BuyerSettings, now: datetime) -> Buyer:
    """Return a new buyer.

    Raises:
        Refused: a value is wrong, or a buyer of this name exists.
    """
    buyer = Buyer(created_at=now)
    change_buyer(session, buyer, settings)
    session.add(buyer)
    session.flush()
    return buyer


def change_buyer(session: Session, buyer: Buyer, settings: BuyerSettings) -> None:
    """Give `buyer` all of `settings`, or nothing of them.

    Raises:
        Refused: a value is wrong, or another buyer has this name.
    """
    name = settings.name.strip()
    if not name.isprintable() or not name:
        raise BadName("A buyer needs a name on one line.")
    check_zone(settings.zone)
    check_locale(settings.locale)
    email = checked_email(settings.contact_email) if settings.contact_email else ""
    named = session.scalar(sa.select(Buyer.id).where(Buyer.name == name))
    if named is not None and named != buyer.id:
        raise BuyerExists(f"There is a buyer named '{name}' already.")
    buyer.name = name
    buyer.locale = settings.locale
    buyer.zone = settings.zone
    buyer.org_number = settings.org_number
    buyer.contact_role = settings.contact_role
    buyer.contact_email = email
    buyer.contact_phone = settings.contact_phone
    buyer.privacy_url = settings.privacy_url
    buyer.clearing_needs_code = settings.clearing_needs_code
    buyer.shares_advice = settings.shares_advice


def buyer_named(session: Session, name: str) -> Buyer:
    """Return the buyer `name`.

    Raises:
        UnknownBuyer: there is none; the sentence lists those there are.
    """
    buyer = session.scalar(sa.select(Buyer).where(Buyer.name == name))
    if buyer is None:
        names = ", ".join(session.scalars(sa.select(Buyer.name).order_by(Buyer.name)))
        raise UnknownBuyer(
            f"There is no buyer named '{name}'. "
            + (f"There is: {names}." if names else "Add one with: portal buyers add NAME")
        )
    return buyer


def add_user(
    session: Session,
    buyer: Buyer,
    *,
    email: str,
    roles: Collection[RoleName],
    now: datetime,
    password_hash: str | None = None,
    name: str = "",
    locale: str = "",
) -> User:
    """Return a new user of `buyer`; one without a password sets it by a mailed link.

    Raises:
        Refused: the address is wrong or taken, or the locale unknown.
    """
    address = checked_email(email)
    if locale:
        check_locale(locale)
    if session.scalar(sa.select(User.id).where(sa.func.lower(User.email) == address.lower())):
        raise UserExists(f"There is a user with the address {address} already.")
    user = User(
        buyer_id=buyer.id,
        email=address,
        name=name,
        locale=locale,
        password=password_hash,
        fs_uniquifier=uuid4().hex,
        create_datetime=now,
        roles=_roles(session, roles),
    )
    session.add(user)
    session.flush()
    return user


def set_roles(session: Session, user: User, roles: Collection[RoleName]) -> None:
    """Let `user` have `roles` and no others.

    Raises:
        LastAdmin: the buyer would be left without an active admin.
    """
    if RoleName.ADMIN not in roles:
        _keep_an_admin(session, user)
    user.roles = _roles(session, roles)


def deactivate(session: Session, user: User) -> None:
    """Keep `user` from signing in, and end the sessions that are open.

    Raises:
        LastAdmin: the buyer would be left without an active admin.
    """
    _keep_an_admin(session, user)
    user.active = False
    user.fs_uniquifier = uuid4().hex


def reactivate(user: User) -> None:
    """Let `user` sign in again."""
    user.active = True


def checked_email(address: str) -> str:
    """Return `address` in its normal form.

    Raises:
        BadAddress: it is not written like an address.
    """
    try:
        # Test and example domains are allowed: whether mail arrives shows when it is sent.
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise BadAddress(
            f"'{address}' is not an e-mail address. Write it like name@company.com."
        ) from None


def check_zone(zone: str) -> None:
    """Check that `zone` is a time zone.

    Raises:
        UnknownZone: it is not.
    """
    if zone not in available_timezones():
        raise UnknownZone(
            f"The time zone '{zone}' is not known. Write it like Europe/Oslo or Asia/Taipei."
        )


def check_locale(locale: str) -> None:
    """Check that `locale` is the code of a language.

    Raises:
        UnknownLocaleCode: it is not.
    """
    try:
        Locale.parse(locale, sep="-" if "-" in locale else "_")
    except (UnknownLocaleError, ValueError):
        raise UnknownLocaleCode(
            f"The language '{locale}' is not known. Write its code, like en or nb."
        ) from None


def _roles(session: Session, names: Collection[RoleName]) -> list[Role]:
    """Return the rows of the roles `names`, made where they are missing."""
    known = {
        role.name: role for role in session.scalars(sa.select(Role).where(Role.name.in_(names)))
    }
    return [known.get(name) or Role(name=name.value) for name in sorted(names)]


def _keep_an_admin(session: Session, user: User) -> None:
    others = sa.select(User.id).where(
        User.buyer_id == user.buyer_id,
        User.id != user.id,
        User.active,
        User.roles.any(Role.name == RoleName.ADMIN),
    )
    is_admin = any(role.name == RoleName.ADMIN for role in user.roles)
    if is_admin and session.scalar(others.limit(1)) is None:
        raise LastAdmin(f"{user.email} is the only admin. Make somebody else an admin first.")
