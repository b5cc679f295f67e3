"""Write what an import's plan says, all of it in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.events.service import record_all
from portal.store import JsonObject
from portal.suppliers.changes import Change, as_details
from portal.suppliers.importing import FaultyRows, Plan, Proposal
from portal.suppliers.models import Contact, Supplier
from portal.suppliers.queries import contacts_by_supplier, suppliers_by_key
from portal.suppliers.service import Author, as_text, entry


def apply(
    session: Session, plan: Plan, author: Author, *, source: str, skip_faulty: bool = False
) -> list[Supplier]:
    """Add and change what `plan` says; return the suppliers added and changed, flushed.

    `source` is the file's name, for the trail.

    Raises:
        FaultyRows: there are faulty rows and `skip_faulty` is not set; nothing was written.
    """
    if plan.faults and not skip_faulty:
        raise FaultyRows(plan.summary())
    added = _add(session, plan.added, author)
    changed = _change(session, plan.changed, author)
    session.flush()
    entries = [
        entry(author, "supplier.added", supplier, _addition(proposal, source))
        for supplier, proposal in added
    ]
    entries += [
        entry(author, "supplier.changed", supplier, _alteration(proposal, source))
        for supplier, proposal in changed
    ]
    if entries:
        record_all(session, entries)
    return [supplier for supplier, _ in added + changed]


def _addition(proposal: Proposal, source: str) -> JsonObject:
    contacts = [as_text(values) for values in proposal.contacts.values()]
    values = as_text({"key": proposal.key, **proposal.supplier})
    return {"source": source, "values": values, "contacts": contacts}


def _alteration(proposal: Proposal, source: str) -> JsonObject:
    return {"source": source, "changes": as_details(list(proposal.changes))}


def _add(
    session: Session, proposals: tuple[Proposal, ...], author: Author
) -> list[tuple[Supplier, Proposal]]:
    added: list[tuple[Supplier, Proposal]] = []
    for proposal in proposals:
        supplier = Supplier(
            key=proposal.key, **proposal.supplier, created_at=author.at, updated_at=author.at
        )
        session.add(supplier)
        for place, values in enumerate(proposal.contacts.values()):
            session.add(Contact(supplier=supplier, primary=place == 0, **values))
        added.append((supplier, proposal))
    return added


def _change(
    session: Session, proposals: tuple[Proposal, ...], author: Author
) -> list[tuple[Supplier, Proposal]]:
    suppliers = suppliers_by_key(session, [proposal.key for proposal in proposals])
    contacts = contacts_by_supplier(session, [s.id for s in suppliers.values()])
    changed: list[tuple[Supplier, Proposal]] = []
    for proposal in proposals:
        supplier = suppliers[proposal.key]
        for field, value in proposal.supplier.items():
            setattr(supplier, field, value)
        supplier.updated_at = author.at
        _change_contacts(session, supplier, contacts.get(supplier.id, []), proposal)
        changed.append((supplier, proposal))
    return changed


def _change_contacts(
    session: Session, supplier: Supplier, held: list[Contact], proposal: Proposal
) -> None:
    by_address = {contact.email.casefold(): contact for contact in held}
    has_primary = any(contact.primary and contact.usable for contact in held)
    for address, values in proposal.contacts.items():
        if address in by_address:
            _set(by_address[address], values, proposal.changes)
        else:
            session.add(Contact(supplier=supplier, primary=not has_primary, **values))
            has_primary = True


def _set(contact: Contact, values: Mapping[str, object], changes: tuple[Change, ...]) -> None:
    for change in changes:
        if change.contact == contact.email:
            setattr(contact, change.field, values[change.field])
