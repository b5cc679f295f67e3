"""What happens by itself: mail is delivered, reminders and ratings fall due. Thin calls into the rooms."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.database import db
from portal.mail.delivery import deliver_due
from portal.ratings import rerating
from portal.ratings import service as ratings
from portal.reminders import action_reminders, clarifications, escalation
from portal.reminders import service as reminders

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
_EXTENSION = "portal.jobs"
_LAST_TICK = "last_tick"
_OBJECTS_BETWEEN_LOOKS = 50_000


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def settle() -> None:
    """Let the garbage collector leave alone what is loaded by now, and look less often.

    For a process that stays: rating everybody again makes and drops objects by the million, and
    looking through questionnaires and catalogues each time took a fifth of it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


def run_due(clock: Clock = utc_now) -> Counter[str]:
    """Do everything that is due once; return how many of what was done."""
    done: Counter[str] = Counter()
    for buyer_id in _buyers():
        done["reminders"] += remind(buyer_id, clock())
        done["escalations"] += escalate(buyer_id, clock())
        done["ratings"] += rate_silence(buyer_id, clock())
    done["ratings"] += rate_as_asked(clock)
    return done + deliver_due(clock)


def _buyers() -> list[int]:
    with Session(db.engine) as session:
        return list(session.scalars(sa.select(Buyer.id).order_by(Buyer.id)))


def remind(buyer_id: int, now: datetime) -> int:
    """Queue the reminders of one buyer that are due; return how many."""
    count = 0
    with Session(db.engine) as session:
        store.scope(session, buyer_id)
        while sent := reminders.send_due(session, now):
            count += len(sent)
            session.commit()
        count += len(clarifications.send_due(session, now))
        count += action_reminders.send_due(session, now)
        session.commit()
    return count


def escalate(buyer_id: int, now: datetime) -> int:
    """Tell people of one buyer which suppliers left two reminders unanswered; return how many."""
    with Session(db.engine) as session:
        store.scope(session, buyer_id)
        told = len(escalation.escalate(session, now))
        session.commit()
    return told


def rate_silence(buyer_id: int, now: datetime) -> int:
    """Rate the suppliers of one buyer that let the last reminder pass; return how many."""
    with Session(db.engine) as session:
        store.scope(session, buyer_id)
        rated = len(ratings.after_deadline(session, now))
        session.commit()
    return rated


def rate_again(clock: Clock = utc_now) -> int:
    """Rate every supplier again, since answers age; return how many ratings changed."""
    changed = 0
    for buyer_id in _buyers():
        with Session(db.engine) as session:
            store.scope(session, buyer_id)
            changed += len(ratings.recompute(session, None, clock()))
            session.commit()
    return changed


def rate_as_asked(clock: Clock = utc_now) -> int:
    """Rate again whom a change of settings or reference data concerns; return how many changed."""
    changed = 0
    for buyer_id in _buyers():
        with Session(db.engine) as session:
            store.scope(session, buyer_id)
            while (done := rerating.step(session, clock())) is not None:
                changed += done
                session.commit()
    return changed


def job_queue() -> Huey:
    """Return the queue of the running application: opened at first use."""
    extensions = current_app.extensions
    if _EXTENSION not in extensions:
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy
        extensions[_EXTENSION] = _connected(app)
    queue: Huey = extensions[_EXTENSION]
    return queue


def _connected(app: Flask) -> Huey:
    """Return the queue with its tasks: in the instance folder, or in the PostgreSQL of the rest."""
    queue = _open(app)

    @queue.task(name="deliver")  # type: ignore[untyped-decorator]
    def deliver() -> None:
        with app.app_context():
            deliver_due(utc_now)

    @queue.task(name="rate")  # type: ignore[untyped-decorator]
    def rate() -> None:
        with app.app_context():
            rate_as_asked()

    @queue.periodic_task(crontab(), name="tick")  # type: ignore[untyped-decorator]
    def tick() -> None:
        with app.app_context():
            queue.put(_LAST_TICK, utc_now().isoformat())
            run_due()

    @queue.periodic_task(crontab(hour="2", minute="30"), name="nightly")  # type: ignore[untyped-decorator]
    def nightly() -> None:
        with app.app_context():
            rate_again()

    queue.deliver = deliver
    queue.rate = rate
    return queue


def _open(app: Flask) -> Huey:
    url = sa.make_url(app.config["HUEY_URL"] or app.config["DATABASE_URL"])
    if url.get_backend_name() == "postgresql":
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("portal", dsn=address, results=False)
    own = Path(app.config["INSTANCE_PATH"]) / "jobs.sqlite"
    file = url.database if app.config["HUEY_URL"] else str(own)
    return SqliteHuey("portal", filename=file, results=False, timeout=30)


def deliver_soon() -> None:
    """Ask the worker to deliver now instead of within a minute; without a queue it still does."""
    _soon("deliver")


def rate_soon() -> None:
    """Ask the worker to rate again now instead of within a minute; without a queue it still does."""
    _soon("rate")


def _soon(task: str) -> None:
    try:
        getattr(job_queue(), task)()
    except Exception:  # each kind of queue fails in its own way; nothing is lost
        log.warning("the worker could not be woken; it looks every minute", exc_info=True)


def last_tick() -> datetime | None:
    """Return when a worker last looked for what is due; None if none ever did."""
    written = job_queue().get(_LAST_TICK, peek=True)
    return datetime.fromisoformat(written) if written else None
