"""Bring suppliers from a file into the register: first a plan to look at, then the change itself.

Rules: suppliers are found by key and never doubled. An empty cell leaves what is there. Contacts are
found by address; those that the file does not name are kept. A fault in one row of a key leaves the
whole key out.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.suppliers import cells, import_rows
from portal.suppliers.cells import Reading
from portal.suppliers.changes import Change, differences
from portal.suppliers.import_rows import CheckedRow, Fault, Group
from portal.suppliers.queries import Known, known_suppliers
from portal.suppliers.reading import Table


@dataclass(frozen=True)
class Proposal:
    """What would be done to one supplier: `changes` is empty for a new one.

    `supplier` and `contacts` (by address in small letters) hold only what would be set.
    """

    key: str
    name: str
    supplier: Mapping[str, object]
    contacts: Mapping[str, Mapping[str, object]]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A row without a fault that stays out because another row of its key has one."""

    row: int
    key: str


@dataclass(frozen=True)
class Plan:
    """What an import would do; `unchanged` counts suppliers."""

    added: tuple[Proposal, ...]
    changed: tuple[Proposal, ...]
    unchanged: int
    faults: tuple[Fault, ...]
    left_out: tuple[LeftOut, ...]
    unknown_columns: tuple[str, ...]

    @property
    def faulty(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})

    def summary(self) -> str:
        """Return the line that counts suppliers added, changed and unchanged, and faulty rows."""
        return (
            f"added {len(self.added)}, changed {len(self.changed)}, "
            f"unchanged {self.unchanged}, faulty {self.faulty}"
        )

    def fingerprint(self) -> str:
        """Return the SHA-256, in hex, of everything the plan says."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


class FaultyRows(Exception):
    """The plan has faulty rows and nobody said to leave them out; nothing was written."""


def plan(session: Session, table: Table, reading: Reading) -> Plan:
    """Return what importing `table` would do to the register of the session's buyer."""
    keys = {cells.clean(row.cells.get("key", "")) for row in table.rows}
    return draw_up(table, known_suppliers(session, keys), reading)


def draw_up(table: Table, known: Mapping[str, Known], reading: Reading) -> Plan:
    """Return what importing `table` would do to suppliers that are `known`, by key."""
    rows, faults = _checked(table, reading)
    groups, contradictions = import_rows.group(row for row in rows if row.key)
    faults += contradictions
    by_key = _by_key(rows)
    for group in groups:
        absent = import_rows.missing(by_key[group.key], group, is_new=group.key not in known)
        faults += [fault for fault in absent if not _is_explained(fault, group, faults)]
    faulty_rows = {fault.row for fault in faults}
    good = [group for group in groups if faulty_rows.isdisjoint(group.rows)]
    proposals = [_proposal(group, known.get(group.key)) for group in good]
    return Plan(
        added=tuple(p for p in proposals if p.key not in known),
        changed=tuple(p for p in proposals if p.key in known and p.changes),
        unchanged=sum(p.key in known and not p.changes for p in proposals),
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        left_out=tuple(
            LeftOut(row, group.key)
            for group in groups
            if not faulty_rows.isdisjoint(group.rows)
            for row in group.rows
            if row not in faulty_rows
        ),
        unknown_columns=table.unknown,
    )


def _checked(table: Table, reading: Reading) -> tuple[list[CheckedRow], list[Fault]]:
    rows: list[CheckedRow] = []
    faults: list[Fault] = []
    for row in table.rows:
        checked, found = import_rows.check(row, reading)
        rows.append(checked)
        faults += found
    return rows, faults


def _by_key(rows: Iterable[CheckedRow]) -> dict[str, list[CheckedRow]]:
    found: dict[str, list[CheckedRow]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return found


def _is_explained(absent: Fault, group: Group, faults: list[Fault]) -> bool:
    """Return whether a value is absent only because its cell, or that of another row, is faulty."""
    rows = {absent.row} if absent.field == "contact_email" else set(group.rows)
    return any(fault.field == absent.field and fault.row in rows for fault in faults)


def _proposal(group: Group, known: Known | None) -> Proposal:
    if known is None:
        return Proposal(group.key, str(group.supplier["name"]), group.supplier, group.contacts)
    changes = list(differences(known.supplier, group.supplier))
    contacts: dict[str, Mapping[str, object]] = {}
    for address, values in group.contacts.items():
        earlier = known.contacts.get(address, {})
        # The same address in other letters is the same address.
        written = str(earlier.get("email", values["email"]))
        found = list(differences(earlier, {**values, "email": written}, contact=written))
        if found:
            contacts[address] = values
            changes += found
    changed = {change.field for change in changes if not change.contact}
    supplier = {field: value for field, value in group.supplier.items() if field in changed}
    name = str(group.supplier.get("name", known.supplier["name"]))
    return Proposal(group.key, name, supplier, contacts, tuple(changes))
