"""The rows of an import file, checked one by one: values by field, or faults with their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.suppliers import cells
from portal.suppliers.cells import Reading
from portal.suppliers.reading import Columns, Row
from portal.suppliers.sentences import Refused, Sentence, quoted, sentence

SUPPLIER_FIELDS = (
    "name",
    "org_number",
    "country",
    "production_countries",
    "category",
    "criticality",
    "spend",
    "currency",
    "channel",
    "size",
    "kind",
)
# Column of a contact -> what the contact calls it.
CONTACT_FIELDS = {
    "contact_name": "name",
    "contact_email": "email",
    "contact_locale": "locale",
    "contact_phone": "phone",
}
COLUMNS = Columns(
    known=("key", *SUPPLIER_FIELDS, *CONTACT_FIELDS),
    required=("key", "name", "country", "contact_email"),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row: its number in the spreadsheet, the column (may be empty), why."""

    row: int
    field: str
    reason: Sentence

    def __str__(self) -> str:
        return f"Row {self.row}: {self.reason}"


@dataclass(frozen=True)
class CheckedRow:
    """A row's values; a field with an empty cell is not among them."""

    number: int
    key: str
    supplier: Mapping[str, object]
    contact: Mapping[str, object]


@dataclass(frozen=True)
class Group:
    """The rows of one key put together: one supplier and its contacts by address in small letters."""

    key: str
    rows: tuple[int, ...]
    supplier: Mapping[str, object]
    contacts: Mapping[str, Mapping[str, object]]


def check(row: Row, reading: Reading) -> tuple[CheckedRow, list[Fault]]:
    """Return what the row says and what is wrong with it."""
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for field in COLUMNS.known:
        text = cells.clean(row.cells.get(field, ""))
        if not text:
            continue
        try:
            values[field] = cells.value(field, text, reading)
        except Refused as refusal:
            faults.append(Fault(row.number, field, refusal.sentence))
    if "key" not in values and not any(fault.field == "key" for fault in faults):
        faults.append(Fault(row.number, "key", sentence("the key is missing.")))
    if row.surplus:
        faults.append(Fault(row.number, "", _SURPLUS))
    supplier = {field: values[field] for field in SUPPLIER_FIELDS if field in values}
    contact = {name: values[field] for field, name in CONTACT_FIELDS.items() if field in values}
    return CheckedRow(row.number, str(values.get("key", "")), supplier, contact), faults


_SURPLUS = sentence(
    "it has more cells than there are columns. "
    "Put quotation marks around text that holds the separator."
)


def group(rows: Iterable[CheckedRow]) -> tuple[list[Group], list[Fault]]:
    """Return one group per key, in the file's order, and where rows of one key contradict."""
    by_key: dict[str, list[CheckedRow]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    faults: list[Fault] = []
    groups = [_merge(key, members, faults) for key, members in by_key.items()]
    return groups, faults


def _merge(key: str, rows: list[CheckedRow], faults: list[Fault]) -> Group:
    supplier: dict[str, object] = {}
    contacts: dict[str, dict[str, object]] = {}
    for row in rows:
        for field, value in row.supplier.items():
            if supplier.setdefault(field, value) != value:
                faults.append(_contradiction(row, field, key))
        if "email" not in row.contact:
            continue
        contact = contacts.setdefault(str(row.contact["email"]).casefold(), {})
        for field, value in row.contact.items():
            if contact.setdefault(field, value) != value and field != "email":
                faults.append(_contradiction(row, f"contact_{field}", key))
    return Group(key, tuple(row.number for row in rows), supplier, contacts)


def _contradiction(row: CheckedRow, field: str, key: str) -> Fault:
    return Fault(
        row.number,
        field,
        sentence(
            "the %(field)s differs from an earlier row with the key '%(key)s'. "
            "Write the same in both, or leave it empty in one.",
            field=field,
            key=quoted(key),
        ),
    )


def missing(rows: Iterable[CheckedRow], together: Group, *, is_new: bool) -> list[Fault]:
    """Return the faults of a key for what its rows leave out.

    A new supplier needs a name, a country and a contact's address. For one that is in the register
    an empty cell leaves things as they are, but a contact's name or language needs the address.
    """
    rows = list(rows)
    faults = [
        Fault(rows[0].number, field, reason)
        for field, reason in (("name", _NO_NAME), ("country", _NO_COUNTRY))
        if is_new and field not in together.supplier
    ]
    faults += [
        Fault(row.number, "contact_email", _NO_EMAIL)
        for row in rows
        if "email" not in row.contact and (is_new or row.contact)
    ]
    return faults


_NO_NAME = sentence("the name is missing.")
_NO_COUNTRY = sentence("the country is missing.")
_NO_EMAIL = sentence("the contact's e-mail address is missing.")
