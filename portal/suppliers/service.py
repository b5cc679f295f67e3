"""What can be done to suppliers and contacts; each change is an event with what was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Actor
from portal.events.service import Entry, record_all
from portal.store import JsonObject
from portal.suppliers.changes import Change, as_details, differences, plain
from portal.suppliers.models import Contact, Supplier


@dataclass(frozen=True)
class Author:
    """Who makes a change, and when."""

    at: datetime
    name: str
    kind: Actor = Actor.BUYER
    ip: str = ""


class KeyTaken(Exception):
    """Another supplier of the buyer has the key."""


class AddressTaken(Exception):
    """Another contact of the supplier has the address."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the supplier since it was looked at."""


def entry(author: Author, action: str, supplier: Supplier, details: JsonObject) -> Entry:
    """Return what the trail shall say about `supplier` or one of its contacts."""
    return Entry(
        at=author.at,
        actor_kind=author.kind,
        actor=author.name,
        action=action,
        subject_kind="supplier",
        subject_id=supplier.id,
        details=details,
        ip=author.ip,
    )


def tell(
    session: Session, author: Author, action: str, supplier: Supplier, details: JsonObject
) -> None:
    """Record in the trail that `author` did `action` to `supplier` or one of its contacts."""
    record_all(session, [entry(author, action, supplier, details)])


def as_text(values: Mapping[str, object]) -> dict[str, str]:
    """Return the values that are not empty, as the trail keeps them."""
    return {field: plain(value) for field, value in values.items() if plain(value)}


def add_supplier(session: Session, values: Mapping[str, object], author: Author) -> Supplier:
    """Add a supplier with these values (fields of `Supplier`) and return it, flushed.

    Raises:
        KeyTaken: the key is in use.
    """
    _refuse_taken_key(session, str(values["key"]), other_than=None)
    supplier = Supplier(**values, created_at=author.at, updated_at=author.at)
    session.add(supplier)
    session.flush()
    tell(session, author, "supplier.added", supplier, {"values": as_text(values)})
    return supplier


def change_supplier(
    session: Session,
    supplier: Supplier,
    values: Mapping[str, object],
    author: Author,
    seen: datetime | None = None,
) -> list[Change]:
    """Give `supplier` these values and return what that changed.

    `seen` is the `updated_at` that the author had before them.

    Raises:
        KeyTaken: the new key is in use.
        ChangedMeanwhile: the supplier was changed after `seen`.
    """
    if seen is not None and supplier.updated_at != seen:
        raise ChangedMeanwhile
    if "key" in values:
        _refuse_taken_key(session, str(values["key"]), other_than=supplier.id)
    changes = _set(supplier, values)
    if changes:
        supplier.updated_at = author.at
        tell(session, author, "supplier.changed", supplier, {"changes": as_details(changes)})
    return changes


def _refuse_taken_key(session: Session, key: str, other_than: int | None) -> None:
    holder = session.scalar(sa.select(Supplier.id).where(Supplier.key == key))
    if holder is not None and holder != other_than:
        raise KeyTaken(key)


def _set(row: Supplier | Contact, values: Mapping[str, object]) -> list[Change]:
    held = {field: getattr(row, field) for field in values}
    changes = list(differences(held, values))
    for change in changes:
        setattr(row, change.field, values[change.field])
    return changes


def add_contact(
    session: Session, supplier: Supplier, values: Mapping[str, object], author: Author
) -> Contact:
    """Add a contact to `supplier` and return it, flushed; the first usable one is the primary.

    Raises:
        AddressTaken: the supplier has a contact with this address.
    """
    others = contacts_of(session, supplier)
    _refuse_taken_address(others, str(values["email"]))
    contact = Contact(supplier=supplier, **values)
    contact.primary = not any(other.primary and other.usable for other in others)
    session.add(contact)
    session.flush()
    tell(session, author, "contact.added", supplier, {"values": as_text(values)})
    return contact


def change_contact(
    session: Session, contact: Contact, values: Mapping[str, object], author: Author
) -> list[Change]:
    """Give `contact` these values and return what that changed; a new address has not bounced.

    Raises:
        AddressTaken: another contact of the supplier has this address.
    """
    others = [o for o in contacts_of(session, contact.supplier) if o is not contact]
    _refuse_taken_address(others, str(values["email"]))
    address = contact.email
    changes = _set(contact, values)
    if contact.email != address:
        contact.bounced_at = None
    if changes:
        details = {"contact": address, "changes": as_details(changes)}
        tell(session, author, "contact.changed", contact.supplier, details)
    return changes


def mark_left(session: Session, contact: Contact, author: Author) -> None:
    """Note that the person has left: no more mail; the next usable contact becomes the primary."""
    if contact.left_at:
        return
    contact.left_at = author.at
    tell(session, author, "contact.left", contact.supplier, {"contact": contact.email})
    usable = [other for other in contacts_of(session, contact.supplier) if other.usable]
    if contact.primary and usable:
        make_primary(session, usable[0], author)


def mark_back(session: Session, contact: Contact, author: Author) -> None:
    """Note that the person is there after all."""
    if contact.left_at:
        contact.left_at = None
        tell(session, author, "contact.back", contact.supplier, {"contact": contact.email})


def make_primary(session: Session, contact: Contact, author: Author) -> None:
    """Make this the contact that is asked first."""
    if contact.primary:
        return
    for other in contacts_of(session, contact.supplier):
        other.primary = other is contact
    tell(session, author, "contact.primary", contact.supplier, {"contact": contact.email})


def contacts_of(session: Session, supplier: Supplier) -> list[Contact]:
    """Return the supplier's contacts: the primary first, then as they were added."""
    return list(
        session.scalars(
            sa.select(Contact)
            .where(Contact.supplier_id == supplier.id)
            .order_by(Contact.primary.desc(), Contact.id)
        )
    )


def _refuse_taken_address(others: list[Contact], address: str) -> None:
    if any(other.email.casefold() == address.casefold() for other in others):
        raise AddressTaken(address)
