"""Which suppliers are to be visited, what has been done in which year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day, own_buyer
from portal.followup.visit_models import Visit, VisitKind, VisitResult
from portal.followup.visit_rule import Case, Intervals, Standing, due_day, standing
from portal.followup.visits import intervals
from portal.ratings.models import RatingRecord
from portal.ratings.rated_kinds import is_rated
from portal.ratings.records import bands
from portal.suppliers.models import Criticality, Supplier, SupplierStatus

_WITH_INTERVAL = ("high", "very_high")
_ORDER = list(Standing)
# What is due so soon is planned today.
_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Watched:
    """A supplier, where it stands, by when somebody should look, and the visits that say so."""

    supplier: Supplier
    band: str
    standing: Standing
    due_on: date | None
    last: Visit | None
    planned: Visit | None


@dataclass(frozen=True)
class Pressing:
    """How many suppliers' visits are overdue, and how many are due within 30 days and not planned."""

    overdue: int
    soon: int


@dataclass
class Year:
    """What was done in a calendar year, by kind and by result; not carried out counts in no kind."""

    year: int
    kinds: Counter[VisitKind] = field(default_factory=Counter)
    results: Counter[VisitResult] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """How many were carried out."""
        return self.kinds.total()


def watched(session: Session, now: datetime) -> list[Watched]:
    """Return the suppliers in use that have an interval or a visit, the most pressing first."""
    rows = _rows().where(
        sa.or_(_has_interval(), Supplier.id.in_(sa.select(Visit.supplier_id))),
    )
    found = _told(session, session.scalars(rows).all(), now)
    return sorted(found, key=_rank)


def pressing(session: Session, now: datetime) -> Pressing:
    """Return how many visits should be done or planned now.

    The rule decides; only suppliers of whom it can say so are read.
    """
    known, today = intervals(session), local_day(session, now)
    horizon = today + _SOON
    # No year is shorter than 365 days; a day more for the zone.
    edge = horizon - timedelta(days=365 * min(known.critical, known.high) - 1)
    named = sa.select(Visit.supplier_id).where(
        sa.or_(
            Visit.done_on.is_(None)
            & (sa.func.coalesce(Visit.planned_to, Visit.planned_from) < today),
            Visit.next_on <= horizon,
            Visit.done_on <= edge,
        )
    )
    registered_long_ago = Supplier.created_at <= datetime.combine(edge, time.max, UTC)
    rows = _rows().where(
        sa.or_(_has_interval() & registered_long_ago, Supplier.id.in_(named)),
    )
    found = _told(session, session.scalars(rows).all(), now)
    return Pressing(
        overdue=sum(one.standing is Standing.OVERDUE for one in found),
        soon=sum(
            one.standing is Standing.DUE and one.due_on is not None and one.due_on <= horizon
            for one in found
        ),
    )


def _rows() -> sa.Select[Supplier]:
    return sa.select(Supplier).where(is_rated(), Supplier.status == SupplierStatus.ACTIVE)


def _has_interval() -> sa.ColumnElement[bool]:
    return sa.or_(Supplier.criticality == Criticality.A, Supplier.id.in_(_risky()))


def watched_one(session: Session, supplier: Supplier, now: datetime) -> Watched:
    """Return where one supplier stands."""
    [found] = _told(session, [supplier], now)
    return found


def visits_of(session: Session, supplier_id: int) -> list[Visit]:
    """Return a supplier's visits: planned ones first, then the newest."""
    rows = sa.select(Visit).where(Visit.supplier_id == supplier_id)
    planned_first = Visit.done_on.is_not(None)
    return list(
        session.scalars(rows.order_by(planned_first, Visit.done_on.desc(), Visit.id.desc()))
    )


def years(session: Session) -> list[Year]:
    """Return what was done per calendar year, newest first."""
    year = sa.extract("year", Visit.done_on)
    rows = session.execute(
        sa.select(year, Visit.kind, Visit.result, sa.func.count(Visit.id))
        .where(Visit.done_on.is_not(None), Visit.result.is_not(None))
        .group_by(year, Visit.kind, Visit.result)
    )
    found: dict[int, Year] = {}
    for number, kind, result, count in rows:
        one = found.setdefault(int(number), Year(int(number)))
        one.results[cast("VisitResult", result)] += count
        if result is not VisitResult.NOT_CARRIED_OUT:
            one.kinds[kind] += count
    return [found[number] for number in sorted(found, reverse=True)]


def _risky() -> sa.Select[int]:
    newest = sa.select(sa.func.max(RatingRecord.id)).group_by(RatingRecord.supplier_id)
    return sa.select(RatingRecord.supplier_id).where(
        RatingRecord.id.in_(newest), RatingRecord.band.in_(_WITH_INTERVAL)
    )


def _rank(one: Watched) -> tuple[int, date, str]:
    return _ORDER.index(one.standing), one.due_on or date.max, one.supplier.name.casefold()


def _told(session: Session, suppliers: Sequence[Supplier], now: datetime) -> list[Watched]:
    if not suppliers:
        return []
    ids = [supplier.id for supplier in suppliers]
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in session.scalars(sa.select(Visit).where(Visit.supplier_id.in_(ids))):
        visits[visit.supplier_id].append(visit)
    known_bands = bands(session, ids)
    known, today = intervals(session), local_day(session, now)
    zone = ZoneInfo(own_buyer(session).zone)
    return [
        _one(
            supplier,
            visits[supplier.id],
            band=known_bands.get(supplier.id, ""),
            registered_on=supplier.created_at.astimezone(zone).date(),
            known=known,
            today=today,
        )
        for supplier in suppliers
    ]


def _one(
    supplier: Supplier,
    visits: Iterable[Visit],
    *,
    band: str,
    registered_on: date,
    known: Intervals,
    today: date,
) -> Watched:
    over = sorted((each for each in visits if each.done_on), key=lambda each: each.done_on or today)
    done = [each for each in over if each.result is not VisitResult.NOT_CARRIED_OUT]
    open_ones = [each for each in visits if each.done_on is None]
    planned = min(open_ones, key=lambda each: planned_to(each) or date.max, default=None)
    case = Case(
        criticality=supplier.criticality or "",
        band=band,
        registered_on=registered_on,
        last_done=done[-1].done_on if done else None,
        next_on=over[-1].next_on if over else None,
        planned_to=planned_to(planned) if planned else None,
    )
    return Watched(
        supplier=supplier,
        band=band,
        standing=standing(case, known, today),
        due_on=due_day(case, known),
        last=done[-1] if done else None,
        planned=planned,
    )


def planned_to(visit: Visit) -> date | None:
    """Return the last day for which a visit is planned."""
    return visit.planned_to or visit.planned_from
