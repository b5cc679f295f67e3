"""The case of each supplier, put together from the buyer's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.ratings.case import Case, Criticality, RedFlag, State
from portal.ratings.declared import asked_in, asks_origin
from portal.ratings.earned import Earned, earned
from portal.ratings.invitations import asked
from portal.ratings.models import RedFlag as RedFlagRow
from portal.ratings.public import public_credits
from portal.ratings.records import Latest
from portal.ratings.standing import standing
from portal.suppliers.models import Supplier


def cases(
    session: Session,
    suppliers: Sequence[Supplier],
    now: datetime,
    latest: Mapping[int, Latest] = MappingProxyType({}),
) -> dict[int, Case]:
    """Return the case of each supplier, by supplier id.

    What declarations have earned is taken over from the `latest` ratings while it still holds.
    """
    ids = [supplier.id for supplier in suppliers]
    invitations, flags = asked(session, ids), _flags(session, ids)
    states = {key: standing(invitations[key], now) for key in ids}
    declared = earned(session, states, latest, local_day(session, now))
    silent = [key for key in ids if states[key] is not State.DECLARED]
    public = public_credits(session, silent)

    @cache
    def asks(campaign_id: int) -> bool:
        return asks_origin(asked_in(session, campaign_id))

    def case(supplier: Supplier) -> Case:
        own = declared.get(supplier.id, Earned())
        places = (*supplier.production_countries, *own.production_countries)
        criticality, stands = supplier.criticality, states[supplier.id] is State.DECLARED
        return Case(
            country=supplier.country,
            production_countries=tuple(dict.fromkeys(places)),
            origin_asked=any(
                one.had_its_say(now) and asks(one.campaign_id) for one in invitations[supplier.id]
            ),
            category=supplier.category,
            criticality=Criticality(criticality) if criticality else None,
            state=states[supplier.id],
            credits=public.get(supplier.id, own.credits if stands else ()),
            from_public=supplier.id in public,
            red_flags=tuple(flags[supplier.id]),
            rests_on=own.rests_on,
            declared_countries=own.production_countries,
        )

    return {supplier.id: case(supplier) for supplier in suppliers}


def _flags(session: Session, supplier_ids: Sequence[int]) -> dict[int, list[RedFlag]]:
    """Return the standing red flags by supplier id, in the order they were set."""
    found: dict[int, list[RedFlag]] = defaultdict(list)
    for row in session.execute(_STANDING_FLAGS, {"supplier_ids": supplier_ids}):
        flag = RedFlag(code=row.code, source=f"{row.source_kind} {row.source}")
        found[row.supplier_id].append(flag)
    return found


_STANDING_FLAGS = (
    sa.select(RedFlagRow.supplier_id, RedFlagRow.code, RedFlagRow.source_kind, RedFlagRow.source)
    .where(
        RedFlagRow.supplier_id.in_(sa.bindparam("supplier_ids", expanding=True)),
        RedFlagRow.cleared_at.is_(None),
    )
    .order_by(RedFlagRow.id)
)
