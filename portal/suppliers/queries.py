"""Suppliers and contacts by key, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.suppliers.import_rows import CONTACT_FIELDS, SUPPLIER_FIELDS
from portal.suppliers.models import Contact, Supplier

_CHUNK = 500  # values in one IN list; well under every database's limit
Item = TypeVar("Item")


@dataclass(frozen=True)
class Known:
    """What the register holds about a supplier: its fields, and its contacts' by small-letter address."""

    supplier: dict[str, object]
    contacts: dict[str, dict[str, object]]


def known_suppliers(session: Session, keys: Collection[str]) -> dict[str, Known]:
    """Return what the register holds about the suppliers with these keys, by key."""
    suppliers = suppliers_by_key(session, keys)
    contacts = contacts_by_supplier(session, [supplier.id for supplier in suppliers.values()])
    return {
        key: Known(
            {field: getattr(supplier, field) for field in SUPPLIER_FIELDS},
            {
                contact.email.casefold(): {
                    field: getattr(contact, field) for field in CONTACT_FIELDS.values()
                }
                for contact in contacts.get(supplier.id, [])
            },
        )
        for key, supplier in suppliers.items()
    }


def suppliers_by_key(session: Session, keys: Collection[str]) -> dict[str, Supplier]:
    """Return the suppliers with these keys, by key."""
    found: dict[str, Supplier] = {}
    for chunk in _chunks(list(keys)):
        rows = session.scalars(sa.select(Supplier).where(Supplier.key.in_(chunk)))
        found.update((supplier.key, supplier) for supplier in rows)
    return found


def contacts_by_supplier(session: Session, ids: Collection[int]) -> dict[int, list[Contact]]:
    """Return the contacts of the suppliers with these ids, by supplier's id, as they were added."""
    found: dict[int, list[Contact]] = defaultdict(list)
    for chunk in _chunks(list(ids)):
        rows = session.scalars(
            sa.select(Contact).where(Contact.supplier_id.in_(chunk)).order_by(Contact.id)
        )
        for contact in rows:
            found[contact.supplier_id].append(contact)
    return found


def all_suppliers(session: Session) -> list[Supplier]:
    """Return every supplier of the session's buyer, by name."""
    return list(session.scalars(sa.select(Supplier).order_by(Supplier.name, Supplier.id)))


def _chunks(items: Sequence[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
