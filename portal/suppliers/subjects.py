"""The agreements and materials of a buyer's suppliers: brought in from a file, and read."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.suppliers.models import Subject, SubjectKind, Supplier

REQUIRED = ("supplier_key", "kind", "key", "title")
COLUMNS = (*REQUIRED, "place", "min_hourly_rate", "ended")
TITLE_LENGTH = 200
ENDED = {"": False, "no": False, "yes": True}


class FaultyFile(Exception):
    """The file cannot be brought in; `faults` says per row what is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def current(session: Session, supplier_ids: Collection[int]) -> dict[int, list[Subject]]:
    """Return the agreements and materials that have not ended, by supplier, in their keys' order."""
    rows = session.scalars(
        sa.select(Subject)
        .where(Subject.supplier_id.in_(supplier_ids), Subject.ended.is_(False))
        .order_by(Subject.kind, Subject.key)
    )
    found: dict[int, list[Subject]] = {}
    for row in rows:
        found.setdefault(row.supplier_id, []).append(row)
    return found


def bring_in(session: Session, path: Path) -> int:
    """Add and change what the rows of a CSV file (UTF-8, comma or semicolon) say; return how many.

    Raises:
        FaultyFile: nothing was changed; each fault names file and row.
    """
    rows = _read(path)
    suppliers = {each.key: each.id for each in session.scalars(sa.select(Supplier))}
    faults = [
        f"{path.name}, row {number}: {sentence}"
        for number, row in enumerate(rows, 2)
        for sentence in _faults(row, suppliers)
    ]
    if faults:
        raise FaultyFile(faults)
    for row in rows:
        _keep(session, suppliers[row["supplier_key"]], row)
    session.flush()
    return len(rows)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise FaultyFile([f"{path.name}: cannot be read as UTF-8 text"]) from None
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=separator)
    columns = [name.strip() for name in reader.fieldnames or ()]
    faults = [f"{path.name}: the column '{name}' is missing" for name in REQUIRED]
    faults = [fault for fault, name in zip(faults, REQUIRED, strict=True) if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    faults += [f"{path.name}: the column '{name}' is not known" for name in unknown]
    if faults:
        raise FaultyFile(faults)
    return [
        {str(name).strip(): (text or "").strip() for name, text in row.items() if name}
        for row in reader
    ]


def _faults(row: Mapping[str, str], suppliers: Mapping[str, int]) -> Iterator[str]:
    for name in REQUIRED:
        if not row[name]:
            yield f"{name} is empty"
    if row["supplier_key"] and row["supplier_key"] not in suppliers:
        yield f"supplier_key: there is no supplier '{row['supplier_key']}'"
    if row["kind"] and row["kind"] not in set(SubjectKind):
        yield f"kind: '{row['kind']}' is neither agreement nor material"
    if len(row["key"]) > 64 or len(row["title"]) > TITLE_LENGTH:
        yield "key holds 64 characters at most, title 200"
    rate = row.get("min_hourly_rate", "")
    if rate and row["kind"] != SubjectKind.AGREEMENT:
        yield "min_hourly_rate goes with an agreement"
    elif rate and hourly_rate(rate) is None:
        yield f"min_hourly_rate: '{rate}' is no amount like 220.50"
    if row.get("ended", "") not in ENDED:
        yield f"ended: '{row['ended']}' is neither yes nor no"


def hourly_rate(text: str) -> Decimal | None:
    """Return `text` as an amount in NOK per hour; None where it is none."""
    try:
        rate = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and 0 < rate < 100_000 else None


def _keep(session: Session, supplier_id: int, row: Mapping[str, str]) -> None:
    kind = SubjectKind(row["kind"])
    found = session.scalar(
        sa.select(Subject).where(
            Subject.supplier_id == supplier_id, Subject.kind == kind, Subject.key == row["key"]
        )
    )
    subject = found or Subject(supplier_id=supplier_id, kind=kind, key=row["key"])
    subject.title, subject.place = row["title"], row.get("place", "")
    subject.min_hourly_rate = hourly_rate(row.get("min_hourly_rate", ""))
    subject.ended = ENDED[row.get("ended", "")]
    session.add(subject)
    session.flush()
