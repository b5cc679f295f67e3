"""Ratings written when something happens: a row whenever the score, its band, basis or flags change.

The functions work on the rows of the session's buyer and write; the edge commits. Those that rate
return the ids of the suppliers that got a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session, load_only

from portal import store
from portal.buyers.queries import local_day
from portal.campaigns.models import Invitation
from portal.declarations.models import Declaration
from portal.ratings.case import Case
from portal.ratings.cases import cases
from portal.ratings.declared import read
from portal.ratings.findings_kept import keep
from portal.ratings.model import Rating, rate
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.rated_kinds import is_rated
from portal.ratings.records import bands, differs, inputs_of, latest_by_supplier, row_of
from portal.ratings.reference import ReferenceData
from portal.ratings.reference_kept import reference
from portal.ratings.settings import ModelSettings
from portal.ratings.settings_kept import settings_of
from portal.ratings.silence import silent_suppliers
from portal.suppliers.models import Supplier

# Suppliers rated at once: bounds what is held in memory.
_BATCH = 500
# Of the register, what a rating rests on.
_FACTS = load_only(
    Supplier.country, Supplier.production_countries, Supplier.category, Supplier.criticality
)


def after_launch(session: Session, invitations: Iterable[Invitation], now: datetime) -> list[int]:
    """Rate the suppliers just asked, on inherent risk only."""
    ids = [invitation.supplier_id for invitation in invitations]
    return _rate(session, ids, RatingTrigger.LAUNCH, now)


def after_submission(session: Session, declaration: Declaration, now: datetime) -> list[int]:
    """Keep what `declaration` reveals and rate its supplier.

    Doing it again for the same declaration changes nothing.
    """
    keep(session, read(session, declaration), now)
    ids = [declaration.supplier_id]
    return _rate(session, ids, RatingTrigger.ANSWER, now, declaration.id)


def after_decline(session: Session, invitation: Invitation, now: datetime) -> list[int]:
    """Rate the supplier that has declined."""
    return _rate(session, [invitation.supplier_id], RatingTrigger.DECLINE, now)


def after_deadline(session: Session, now: datetime) -> list[int]:
    """Rate the suppliers that stayed silent after the last reminder.

    The clock decides: run as often as wanted, a supplier that is rated so already gets no row.
    """
    return _rate(session, silent_suppliers(session, now), RatingTrigger.OVERDUE, now)


def after_supplier_change(
    session: Session, supplier_ids: Sequence[int], now: datetime
) -> list[int]:
    """Rate again those of the suppliers that have a rating.

    For a change of country, production countries, category or criticality.
    """
    rated = list(bands(session, supplier_ids))
    return _rate(session, rated, RatingTrigger.SUPPLIER, now)


def recompute(session: Session, supplier_ids: Sequence[int] | None, now: datetime) -> list[int]:
    """Rate these suppliers, or all of the session's buyer.

    Answers age and reference data change: run every night, this shows both.
    """
    if supplier_ids is None:
        everybody = sa.select(Supplier.id).where(is_rated()).order_by(Supplier.id)
        supplier_ids = session.scalars(everybody).all()
    return _rate(session, supplier_ids, RatingTrigger.RECOMPUTE, now)


def rate_because(
    session: Session,
    supplier_ids: Sequence[int],
    trigger: RatingTrigger,
    now: datetime,
    declaration_id: int | None = None,
) -> list[int]:
    """Rate these suppliers for the reason `trigger`, perhaps about a declaration."""
    return _rate(session, supplier_ids, trigger, now, declaration_id)


@dataclass(frozen=True)
class RatingBasis:
    """All that a supplier's rating follows from now, and the rating."""

    case: Case
    reference: ReferenceData
    settings: ModelSettings
    today: date
    rating: Rating


def basis_of(session: Session, supplier: Supplier, now: datetime) -> RatingBasis:
    """Return what `supplier` is rated on now; nothing is kept."""
    [case] = cases(session, [supplier], now).values()
    known, settings, today = reference(session), settings_of(session), local_day(session, now)
    return RatingBasis(case, known, settings, today, rate(case, known, settings, today))


def rated(session: Session, supplier: Supplier, now: datetime) -> Rating:
    """Return the rating of `supplier` as it would be now; nothing is kept."""
    return basis_of(session, supplier, now).rating


@dataclass(frozen=True)
class Change:
    """What other reference data or settings would do to a supplier's rating."""

    supplier: Supplier
    before: Rating
    after: Rating


def changes_with(
    session: Session,
    wanted: ReferenceData,
    now: datetime,
    settings: ModelSettings | None = None,
) -> Iterator[Change]:
    """Yield the rated suppliers whose figures `wanted` (and `settings`) would change; nothing is kept."""
    today, known, own = local_day(session, now), reference(session), settings_of(session)
    rows = session.scalars(sa.select(RatingRecord.supplier_id).distinct()).all()
    for ids in _batches(sorted(rows)):
        found = session.scalars(sa.select(Supplier).where(Supplier.id.in_(ids), is_rated()))
        suppliers = {each.id: each for each in found}
        latest = latest_by_supplier(session, ids)
        for supplier_id, case in cases(session, list(suppliers.values()), now, latest).items():
            before = rate(case, known, own, today)
            after = rate(case, wanted, settings or own, today)
            if (before.residual, before.band) != (after.residual, after.band):
                yield Change(suppliers[supplier_id], before, after)


def _rate(
    session: Session,
    supplier_ids: Iterable[int],
    trigger: RatingTrigger,
    now: datetime,
    declaration_id: int | None = None,
) -> list[int]:
    """Write a row for each supplier whose rating differs from its latest.

    Owners of agreements are no suppliers and never rated.
    """
    today, known, settings = local_day(session, now), reference(session), settings_of(session)
    kept_settings = settings.to_json()
    written: list[int] = []
    for ids in _batches(dict.fromkeys(supplier_ids)):
        suppliers = session.scalars(
            sa.select(Supplier)
            .where(Supplier.id.in_(ids), is_rated())
            .order_by(Supplier.id)
            .options(_FACTS)
        ).all()
        latest = latest_by_supplier(session, ids)
        rows = []
        for supplier_id, case in cases(session, suppliers, now, latest).items():
            rating = rate(case, known, settings, today)
            previous = latest.get(supplier_id)
            if previous and not differs(rating, case, previous):
                continue
            row = row_of(
                supplier_id,
                rating,
                inputs_of(case, known, kept_settings, today),
                trigger=trigger,
                now=now,
                previous_id=previous.id if previous else None,
                declaration_id=declaration_id,
            )
            rows.append(row)
            written.append(supplier_id)
        store.add_all(session, RatingRecord, rows)
    return written


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(ids)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
