"""The register of suppliers as its list shows it: searched, filtered, sorted, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.ratings.models import RatingRecord
from portal.ratings.rated_kinds import is_rated
from portal.suppliers.models import (
    Contact,
    Criticality,
    Stage,
    Supplier,
    SupplierKind,
    SupplierStatus,
)

PAGE_SIZE = 50

# From calm to alarming, for sorting.
_BANDS = {"low": 1, "medium": 2, "high": 3, "very_high": 4}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; an empty value narrows nothing.

    `text` is looked for in name, key, organisation number and the contacts' addresses. `band` is
    that of the latest rating; "none" means not rated yet. `level` is the band of one `topic` in it;
    "none" means that nothing is known of the topic.
    """

    text: str = ""
    criticality: Criticality | None = None
    country: str = ""
    category: str = ""
    status: SupplierStatus | None = None
    kind: SupplierKind | None = None
    band: str = ""
    stage: Stage | None = None
    topic: str = ""
    level: str = ""


class Listed(NamedTuple):
    """A supplier, the address of its primary contact, and its latest rating, where it has them."""

    supplier: Supplier
    email: str | None
    rating: RatingRecord | None


@dataclass(frozen=True)
class Listing:
    """One page of suppliers, counted from 1, and how many there are on all pages."""

    rows: list[Listed]
    total: int
    page: int

    @property
    def first(self) -> int:
        """The number of the page's first row, counted from 1."""
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The number of the page's last row."""
        return self.first + len(self.rows) - 1


_LATEST = (
    sa.select(sa.func.max(RatingRecord.id))
    .where(RatingRecord.supplier_id == Supplier.id)
    .correlate(Supplier)
    .scalar_subquery()
)
_PRIMARY = (
    sa.select(sa.func.min(Contact.id))
    .where(Contact.supplier_id == Supplier.id, Contact.primary)
    .correlate(Supplier)
    .scalar_subquery()
)
_ORDER: dict[str, sa.ColumnElement[Any] | InstrumentedAttribute[Any]] = {
    "name": sa.func.lower(Supplier.name),
    "key": Supplier.key,
    "country": Supplier.country,
    "category": Supplier.category,
    "criticality": Supplier.criticality,
    "rating": sa.case(_BANDS, value=RatingRecord.band),
}
SORTS = tuple(_ORDER)


def listing(
    session: Session,
    wanted: Wanted,
    *,
    sort: str = "name",
    descending: bool = False,
    page: int = 1,
) -> Listing:
    """Return a page of the suppliers of the session's buyer; a page past the end is the last one."""
    rows = (
        sa.select(Supplier, Contact.email, RatingRecord)
        .outerjoin(Contact, Contact.id == _PRIMARY)
        .outerjoin(RatingRecord, sa.and_(RatingRecord.id == _LATEST, is_rated()))
        .where(*_conditions(wanted))
    )
    total = session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0
    page = max(1, min(page, -(-total // PAGE_SIZE)))
    order = _ORDER[sort].desc() if descending else _ORDER[sort].asc()
    found = session.execute(
        rows.order_by(order.nulls_last(), sa.func.lower(Supplier.name), Supplier.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Listing([Listed(*row) for row in found], total, page)


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.text:
        found.append(_mentions(wanted.text))
    if wanted.criticality:
        found.append(Supplier.criticality == wanted.criticality)
    if wanted.country:
        found.append(Supplier.country == wanted.country)
    if wanted.category:
        found.append(Supplier.category == wanted.category)
    if wanted.status:
        found.append(Supplier.status == wanted.status)
    if wanted.stage:
        found.append(Supplier.stage == wanted.stage)
    if wanted.kind:
        found.append(Supplier.kind == wanted.kind)
    if wanted.band:
        found.append(is_rated())
        band = None if wanted.band == "none" else wanted.band
        found.append(RatingRecord.band.is_(band) if band is None else RatingRecord.band == band)
    if wanted.topic:
        level = RatingRecord.topics[wanted.topic]["band"].as_string()
        found.append(is_rated())
        found.append(level.is_(None) if wanted.level == "none" else level == wanted.level)
    return found


def _mentions(text: str) -> sa.ColumnElement[bool]:
    """Return whether a supplier's row mentions `text`, whatever its capitals."""
    # SQLite folds only A to Z, so the usual ways of writing other letters are looked for as well.
    written = {text, text.lower(), text.upper(), text.capitalize()}
    contacts = sa.select(Contact.supplier_id).where(
        Contact.supplier_id == Supplier.id, Contact.email.icontains(text, autoescape=True)
    )
    number = sa.func.replace(Supplier.org_number, " ", "")
    return sa.or_(
        *(Supplier.name.icontains(one, autoescape=True) for one in written),
        Supplier.key.icontains(text, autoescape=True),
        number.icontains("".join(text.split()), autoescape=True),
        contacts.correlate(Supplier).exists(),
    )


def countries_and_categories(session: Session) -> tuple[list[str], list[str]]:
    """Return the country codes and category ids that suppliers of the session's buyer have."""

    def distinct(column: InstrumentedAttribute[str]) -> list[str]:
        return list(session.scalars(sa.select(column).distinct().order_by(column)))

    return distinct(Supplier.country), distinct(Supplier.category)
