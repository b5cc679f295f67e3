"""The case of each supplier, put together from the buyer's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.ratings.case import Case, Credit, Criticality, RedFlag, State
from portal.ratings.declared import (
    Declared,
    asked_in,
    asks_origin,
    credits_of,
    in_force,
    production_countries,
)
from portal.ratings.invitations import asked
from portal.ratings.models import RedFlag as RedFlagRow
from portal.ratings.reviewed import reviewed
from portal.ratings.standing import standing
from portal.suppliers.models import Supplier


def cases(session: Session, suppliers: Sequence[Supplier], now: datetime) -> dict[int, Case]:
    """Return the case of each supplier, by supplier id."""
    ids = [supplier.id for supplier in suppliers]
    invitations, flags = asked(session, ids), _flags(session, ids)
    declarations = reviewed(session, in_force(session, ids), local_day(session, now))

    @cache
    def asks(campaign_id: int) -> bool:
        return asks_origin(asked_in(session, campaign_id))

    def case(supplier: Supplier) -> Case:
        own = invitations[supplier.id]
        state, declared = standing(own, now), declarations.get(supplier.id, [])
        return case_of(
            supplier,
            state,
            declared=declared,
            red_flags=tuple(flags[supplier.id]),
            origin_asked=any(one.had_its_say(now) and asks(one.campaign_id) for one in own),
        )

    return {supplier.id: case(supplier) for supplier in suppliers}


def case_of(
    supplier: Supplier,
    state: State = State.NOT_INVITED,
    *,
    declared: Sequence[Declared] = (),
    red_flags: tuple[RedFlag, ...] = (),
    origin_asked: bool = False,
) -> Case:
    """Return the case of `supplier`; answers earn credit only while it stands as declared."""
    earned: tuple[Credit, ...] = ()
    if state is State.DECLARED:
        earned = tuple(credits_of(declared))
    places = (*supplier.production_countries, *production_countries(declared))
    criticality = supplier.criticality
    return Case(
        country=supplier.country,
        production_countries=tuple(dict.fromkeys(places)),
        origin_asked=origin_asked,
        category=supplier.category,
        criticality=Criticality(criticality) if criticality else None,
        state=state,
        credits=earned,
        red_flags=red_flags,
    )


def _flags(session: Session, supplier_ids: Sequence[int]) -> dict[int, list[RedFlag]]:
    """Return the standing red flags by supplier id, in the order they were set."""
    found: dict[int, list[RedFlag]] = defaultdict(list)
    rows = session.scalars(
        sa.select(RedFlagRow)
        .where(RedFlagRow.supplier_id.in_(supplier_ids), RedFlagRow.cleared_at.is_(None))
        .order_by(RedFlagRow.id)
    )
    for row in rows:
        flag = RedFlag(code=row.code, source=f"{row.source_kind} {row.source}")
        found[row.supplier_id].append(flag)
    return found
