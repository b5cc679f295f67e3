"""Rating every supplier again after a change of settings, as the worker does it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench import copying, memory, seeding
from bench.instance import instance
from bench.measured import Measured
from portal.database import db
from portal.jobs import settle
from portal.ratings import rerating, service, settings_kept
from portal.ratings.cases import cases
from portal.ratings.model import rate
from portal.ratings.models import RatingTrigger
from portal.ratings.reference_kept import reference
from portal.suppliers.models import Supplier

_CEILINGS = (0.45, 0.55)
_FLOOR_CASES = 1_000


def measure(suppliers: int, rounds: int) -> list[Measured]:
    """Return the suppliers rated again per second; the floor is the model alone on the same cases."""
    with instance(), Session(db.engine, expire_on_commit=False) as session:
        seeding.add_one_buyer(session)
        copying.fill(session, suppliers, "rated")
        service.recompute(session, None, datetime.now(UTC))
        session.commit()
        settle()
        rates = [_again(session, number) for number in range(rounds)]
        floor = [_model_alone(session) for _ in range(rounds)]
        what = f"rating {suppliers:,} suppliers again"
        return [Measured(what, "suppliers/s", rates, floor, memory.peak())]


def _again(session: Session, number: int) -> float:
    now = datetime.now(UTC)
    ceiling = _CEILINGS[number % len(_CEILINGS)]
    settings = settings_kept.changed(settings_kept.settings_of(session), {"ceiling": ceiling})
    settings_kept.keep(session, settings, reason="To measure", by="bench", now=now)
    wanted = rerating.request(session, RatingTrigger.SETTINGS, now)
    session.commit()
    begin = time.perf_counter()
    while rerating.step(session, now) is not None:
        session.commit()
        session.expunge_all()
    session.commit()
    return wanted.total / (time.perf_counter() - begin)


def _model_alone(session: Session) -> float:
    rows = session.scalars(sa.select(Supplier).order_by(Supplier.id).limit(_FLOOR_CASES)).all()
    now = datetime.now(UTC)
    found = cases(session, rows, now).values()
    known, settings = reference(session), settings_kept.settings_of(session)
    begin = time.perf_counter()
    for case in found:
        rate(case, known, settings, now.date())
    return len(found) / (time.perf_counter() - begin)
