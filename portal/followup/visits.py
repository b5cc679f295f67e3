"""What can be done with visits, audits and spot checks: plan, keep what came of them, add files."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.declarations.attachments import MOST_PER_QUESTION, Accepted, Reason, Refused
from portal.files import FileStore
from portal.followup.visit_models import (
    Visit,
    VisitFile,
    VisitIntervals,
    VisitKind,
    VisitResult,
)
from portal.followup.visit_rule import Intervals
from portal.store import JsonObject
from portal.suppliers.changes import as_details, differences, plain
from portal.suppliers.models import Supplier
from portal.suppliers.service import Author, tell

LONGEST_INTERVAL = 20


class Wrong(enum.StrEnum):
    """Why a visit cannot be kept so."""

    NO_DAY = "no_day"
    TURNED_ROUND = "turned_round"
    FUTURE = "future"
    NO_RESULT = "no_result"
    NOT_DONE = "not_done"
    NO_REASON = "no_reason"
    NO_TEXT = "no_text"


class VisitRefused(Exception):
    """The visit cannot be kept so: `field` holds the value that is wrong."""

    def __init__(self, field: str, wrong: Wrong) -> None:
        super().__init__(f"{field}: {wrong}")
        self.field, self.wrong = field, wrong


class BadInterval(Exception):
    """Years between visits are from 1 to 20."""


@dataclass(frozen=True)
class Told:
    """What is said of a visit; `text` holds the findings, or why it was not carried out."""

    kind: VisitKind
    planned_from: date | None = None
    planned_to: date | None = None
    done_on: date | None = None
    who: str = ""
    result: VisitResult | None = None
    text: str = ""
    next_on: date | None = None


def add_visit(session: Session, supplier: Supplier, told: Told, author: Author) -> Visit:
    """Keep a visit of `supplier`, planned or done, and return it, flushed.

    Raises:
        VisitRefused: what is told does not fit together.
    """
    values = _values(session, told, author)
    visit = Visit(
        supplier=supplier,
        **values,
        created_at=author.at,
        created_by=author.name,
        updated_at=author.at,
    )
    session.add(visit)
    session.flush()
    kept = {name: plain(value) for name, value in values.items() if plain(value)}
    _note(session, author, "visit.added", visit, {"values": kept})
    return visit


def change_visit(session: Session, visit: Visit, told: Told, author: Author) -> None:
    """Say something else of a visit; what was said before stays in the trail.

    Raises:
        VisitRefused: what is told does not fit together.
    """
    values = _values(session, told, author)
    changes = list(differences({name: getattr(visit, name) for name in values}, values))
    if not changes:
        return
    for change in changes:
        setattr(visit, change.field, values[change.field])
    visit.updated_at = author.at
    session.flush()
    _note(session, author, "visit.changed", visit, {"changes": as_details(changes)})


def _values(session: Session, told: Told, author: Author) -> dict[str, object]:
    """Return the fields of the row.

    Raises:
        VisitRefused: what is told does not fit together.
    """
    _check(told, local_day(session, author.at))
    return asdict(told) | {"who": told.who.strip(), "text": told.text.strip()}


def _check(told: Told, today: date) -> None:
    if told.planned_from is None and told.done_on is None:
        raise VisitRefused("planned_from", Wrong.NO_DAY)
    if told.planned_to and (told.planned_from is None or told.planned_to < told.planned_from):
        raise VisitRefused("planned_to", Wrong.TURNED_ROUND)
    if told.done_on and told.done_on > today:
        raise VisitRefused("done_on", Wrong.FUTURE)
    if told.done_on and told.result is None:
        raise VisitRefused("result", Wrong.NO_RESULT)
    if told.result and told.done_on is None:
        raise VisitRefused("done_on", Wrong.NOT_DONE)
    if not told.text.strip() and told.result is VisitResult.NOT_CARRIED_OUT:
        raise VisitRefused("text", Wrong.NO_REASON)
    if not told.text.strip() and told.result in {VisitResult.MINOR, VisitResult.SERIOUS}:
        raise VisitRefused("text", Wrong.NO_TEXT)


def _note(session: Session, author: Author, action: str, visit: Visit, details: JsonObject) -> None:
    tell(session, author, action, visit.supplier, {"visit": visit.id, **details})


def add_file(
    session: Session, store: FileStore, visit: Visit, file: Accepted, author: Author
) -> VisitFile:
    """Keep a checked file with a visit and return its row, flushed.

    Raises:
        Refused: the visit has ten files already.
    """
    if len(files_of(session, visit)) >= MOST_PER_QUESTION:
        raise Refused(Reason.TOO_MANY, file.name)
    stored = store.put(file.content)
    row = VisitFile(
        visit_id=visit.id,
        name=file.name,
        media_type=file.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        uploaded_at=author.at,
        uploaded_by=author.name,
    )
    session.add(row)
    session.flush()
    _note(session, author, "visit.file_added", visit, {"file": file.name, "sha256": stored.sha256})
    return row


def files_of(session: Session, visit: Visit) -> Sequence[VisitFile]:
    """Return the files about a visit, oldest first."""
    rows = sa.select(VisitFile).where(VisitFile.visit_id == visit.id)
    return session.scalars(rows.order_by(VisitFile.id)).all()


def intervals(session: Session) -> Intervals:
    """Return the buyer's years between visits, the rule's own where none were set."""
    row = session.scalar(sa.select(VisitIntervals))
    return Intervals(row.critical_years, row.high_years) if row else Intervals()


def set_intervals(session: Session, wanted: Intervals) -> None:
    """Set the buyer's years between visits.

    Raises:
        BadInterval: fewer than 1 or more than 20 years.
    """
    if not all(1 <= years <= LONGEST_INTERVAL for years in (wanted.critical, wanted.high)):
        raise BadInterval
    row = session.scalar(sa.select(VisitIntervals))
    if row is None:
        row = VisitIntervals()
        session.add(row)
    row.critical_years, row.high_years = wanted.critical, wanted.high
    session.flush()
