"""Red flags from a file: first a plan to look at, then all of it or nothing.

Rules: a row names a supplier by its key. The same flag with the same source and day is set once,
also when it was cleared since: only a person sets it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.events.service import record_all
from portal.ratings import service
from portal.ratings.models import RatingTrigger, RedFlag
from portal.ratings.settings_kept import settings_of
from portal.suppliers.cells import clean
from portal.suppliers.import_rows import Fault
from portal.suppliers.importing import FaultyRows
from portal.suppliers.models import Supplier, SupplierKind
from portal.suppliers.queries import suppliers_by_key
from portal.suppliers.reading import Columns, Row, Table
from portal.suppliers.sentences import Refused, Sentence, quoted, sentence
from portal.suppliers.service import Author, entry

IMPORTED = "import"
COLUMNS = Columns(
    known=("key", "flag", "source", "reason", "date"), required=("key", "flag", "source", "reason")
)
_LONGEST = {"source": 255, "reason": 1000}
_DAYS = ("%Y-%m-%d", "%d.%m.%Y")

Same = tuple[int, str, str, date | None]
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Wanted:
    """A flag that the file sets: `dated` is the day of what it rests on, where the file says it."""

    row: int
    supplier_id: int
    key: str
    name: str
    code: str
    source: str
    reason: str
    dated: date | None

    @property
    def same(self) -> Same:
        """What makes two flags the same."""
        return self.supplier_id, self.code, self.source, self.dated


@dataclass(frozen=True)
class Plan:
    """What an import would do; `known` counts rows whose flag is or was set already."""

    added: tuple[Wanted, ...]
    known: int
    faults: tuple[Fault, ...]
    unknown_columns: tuple[str, ...]

    @property
    def faulty(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})

    def summary(self) -> str:
        """Return the line that counts flags set, known already, and faulty rows."""
        return f"set {len(self.added)}, known {self.known}, faulty {self.faulty}"

    def fingerprint(self) -> str:
        """Return the SHA-256, in hex, of everything the plan says."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class _Register:
    """What rows are checked against."""

    suppliers: Mapping[str, Supplier]
    codes: Collection[str]
    today: date


def plan(session: Session, table: Table, now: datetime) -> Plan:
    """Return what importing `table` would do to the suppliers of the session's buyer."""
    keys = {clean(row.cells.get("key", "")) for row in table.rows}
    suppliers = suppliers_by_key(session, keys)
    known = _Register(suppliers, settings_of(session).red_flag_floors, local_day(session, now))
    wanted: dict[Same, Wanted] = {}
    faults: list[Fault] = []
    for row in table.rows:
        found, wrong = _checked(row, known)
        faults += wrong
        if found and found.same in wanted:
            earlier = wanted[found.same].row
            faults.append(Fault(row.number, "", _twice(earlier)))
        elif found:
            wanted[found.same] = found
    held = _held(session, [each.id for each in suppliers.values()])
    return Plan(
        added=tuple(each for same, each in wanted.items() if same not in held),
        known=sum(same in held for same in wanted),
        faults=tuple(faults),
        unknown_columns=table.unknown,
    )


def apply(
    session: Session, found: Plan, author: Author, *, source: str, skip_faulty: bool = False
) -> list[RedFlag]:
    """Set what `found` says, rate the suppliers again, and return the flags, flushed.

    `source` is the file's name, for the trail.

    Raises:
        FaultyRows: there are faulty rows and `skip_faulty` is not set; nothing was written.
    """
    if found.faults and not skip_faulty:
        raise FaultyRows(found.summary())
    flags = [_flag(each, author) for each in found.added]
    session.add_all(flags)
    session.flush()
    suppliers = suppliers_by_key(session, {each.key for each in found.added})
    record_all(
        session,
        [
            entry(
                author,
                "flag.set",
                suppliers[each.key],
                {"flag": each.code, "reason": each.reason, "source": source},
            )
            for each in found.added
        ],
    )
    touched = list(dict.fromkeys(each.supplier_id for each in found.added))
    service.rate_because(session, touched, RatingTrigger.FLAG, author.at)
    return flags


def _flag(wanted: Wanted, author: Author) -> RedFlag:
    return RedFlag(
        supplier_id=wanted.supplier_id,
        code=wanted.code,
        source_kind=IMPORTED,
        source=wanted.source,
        reason=wanted.reason,
        dated=wanted.dated,
        set_at=author.at,
        set_by=author.name,
    )


def _held(session: Session, supplier_ids: list[int]) -> set[Same]:
    """Return the flags these suppliers have or had."""
    rows = session.execute(
        sa.select(RedFlag.supplier_id, RedFlag.code, RedFlag.source, RedFlag.dated).where(
            RedFlag.supplier_id.in_(supplier_ids)
        )
    )
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def _checked(row: Row, known: _Register) -> tuple[Wanted | None, list[Fault]]:
    """Return the flag that a row sets, or what is wrong with it."""
    faults: list[Fault] = []
    supplier = _read(row, "key", lambda text: _supplier(text, known), faults)
    code = _read(row, "flag", lambda text: _code(text, known), faults)
    source = _read(row, "source", lambda text: _short("source", text), faults)
    reason = _read(row, "reason", lambda text: _short("reason", text), faults)
    dated = _read(row, "date", lambda text: _day(text, known.today), faults)
    if row.surplus:
        faults.append(Fault(row.number, "", _SURPLUS))
    if faults or not (supplier and code and source and reason):
        return None, faults
    name, key = supplier.name, supplier.key
    return Wanted(row.number, supplier.id, key, name, code, source, reason, dated), []


def _read(
    row: Row, field: str, read: Callable[[str], _Value], faults: list[Fault]
) -> _Value | None:
    """Return what a cell says; nothing where it is empty or, with an entry in `faults`, wrong."""
    text = clean(row.cells.get(field, ""))
    if not text:
        if field in COLUMNS.required:
            faults.append(Fault(row.number, field, _MISSING[field]))
        return None
    try:
        return read(text)
    except Refused as refusal:
        faults.append(Fault(row.number, field, refusal.sentence))
        return None


def _twice(earlier: int) -> Sentence:
    return sentence("it says the same as row %(row)s. Remove one of them.", row=earlier)


def _supplier(text: str, known: _Register) -> Supplier:
    supplier = known.suppliers.get(text)
    if supplier is None:
        raise Refused(sentence("no supplier has the key '%(text)s'.", text=quoted(text)))
    if supplier.kind is not SupplierKind.SUPPLIER:
        raise Refused(
            sentence(
                "'%(text)s' is the owner of an agreement, who is not rated.", text=quoted(text)
            )
        )
    return supplier


def _code(text: str, known: _Register) -> str:
    if text.casefold() in known.codes:
        return text.casefold()
    raise Refused(
        sentence(
            "the flag '%(text)s' is not known. Write one of: %(codes)s.",
            text=quoted(text),
            codes=", ".join(known.codes),
        )
    )


def _short(field: str, text: str) -> str:
    if len(text) > _LONGEST[field]:
        raise Refused(
            sentence("the text is longer than %(limit)s characters.", limit=_LONGEST[field])
        )
    return text


def _day(text: str, today: date) -> date:
    for pattern in _DAYS:
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if day > today:
            raise Refused(sentence("the day %(text)s has not come yet.", text=text))
        return day
    raise Refused(sentence("'%(text)s' is not a day. Write it like 2026-05-31.", text=quoted(text)))


_SURPLUS = sentence(
    "it has more cells than there are columns. "
    "Put quotation marks around text that holds the separator."
)
_MISSING: Mapping[str, Sentence] = {
    "key": sentence("the key is missing."),
    "flag": sentence("the flag is missing."),
    "source": sentence("the source is missing: where the knowledge comes from."),
    "reason": sentence("the reason is missing."),
}
