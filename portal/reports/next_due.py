"""Whose answers run out, and when: one line per supplier and questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.reports.export import Column, Export, Row, Subject, Wanted
from portal.reviews.due import Horizon, nearest, runs_out
from portal.reviews.holding import Held, held
from portal.suppliers.models import Supplier, SupplierStatus


@dataclass(frozen=True)
class DueLine:
    """A supplier, what it signed last, and the first horizon by which that has run out."""

    supplier: Supplier
    held: Held
    horizon: Horizon


@dataclass(frozen=True)
class DueWanted:
    """What a list is narrowed to; empty means everything."""

    questionnaire_id: str = ""
    horizon: Horizon = Horizon.ALL
    criticality: str = ""


def next_due(session: Session, today: date, wanted: DueWanted) -> list[DueLine]:
    """Return the lines of active suppliers, the first to run out first."""
    suppliers = _active(session)
    lines = [
        DueLine(suppliers[one.supplier_id], one, nearest(one.valid_until, today))
        for one in held(session)
        if _fits(one, suppliers[one.supplier_id], today, wanted)
    ]
    return sorted(lines, key=_order)


def counts(lines: Iterable[DueLine], today: date) -> dict[str, dict[Horizon, int]]:
    """Return questionnaire id -> horizon -> how many suppliers' answers have run out by then."""
    found: dict[str, dict[Horizon, int]] = {}
    for line in lines:
        mine = found.setdefault(line.held.questionnaire_id, dict.fromkeys(Horizon, 0))
        for horizon in Horizon:
            mine[horizon] += runs_out(line.held.valid_until, today, horizon)
    return dict(sorted(found.items()))


def validity(session: Session, wanted: Wanted, now: datetime) -> Export:
    """Return the export: of one campaign only what was signed in it."""
    today = local_day(session, now)
    lines = next_due(session, today, DueWanted())
    kept = [one for one in lines if wanted.campaign_id in {None, one.held.campaign_id}]
    return Export(Subject.VALIDITY, _COLUMNS, _rows(kept, today))


_COLUMNS = (
    Column("supplier_id", "id", "the number in the page's address"),
    Column("supplier_name", "text"),
    Column("supplier_key", "text", "the buyer's own key"),
    Column("supplier_country", "iso3166"),
    Column("criticality", "A|B|C", "empty until judged"),
    Column("questionnaire", "text"),
    Column("version", "text", "of the newest answers"),
    Column("signed_on", "date"),
    Column("valid_until", "date", "the months that the buyer or the questionnaire says"),
    Column("days_left", "int", "negative where the answers have run out"),
    Column("expired", "bool"),
    Column("campaign_id", "id", "in which it was signed"),
    Column("declaration", "id", "the declaration's public id"),
)


def _rows(lines: Iterable[DueLine], today: date) -> Iterator[Row]:
    for line in lines:
        one, supplier = line.held, line.supplier
        yield [
            supplier.id,
            supplier.name,
            supplier.key,
            supplier.country,
            supplier.criticality,
            one.questionnaire_id,
            one.version,
            one.signed_on,
            one.valid_until,
            (one.valid_until - today).days,
            line.horizon is Horizon.EXPIRED,
            one.campaign_id,
            one.declaration,
        ]


def _active(session: Session) -> Mapping[int, Supplier]:
    rows = session.scalars(sa.select(Supplier).where(Supplier.status == SupplierStatus.ACTIVE))
    return {row.id: row for row in rows}


def _fits(one: Held, supplier: Supplier, today: date, wanted: DueWanted) -> bool:
    return (
        runs_out(one.valid_until, today, wanted.horizon)
        and wanted.questionnaire_id in {"", one.questionnaire_id}
        and wanted.criticality in {"", supplier.criticality or ""}
    )


def _order(line: DueLine) -> tuple[date, str, str]:
    return line.held.valid_until, line.supplier.name.casefold(), line.held.questionnaire_id
