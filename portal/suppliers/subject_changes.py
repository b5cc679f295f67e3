"""What people do to agreements and materials on a supplier's page; each change is an event."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.service import record_all
from portal.store import JsonObject
from portal.suppliers.changes import as_details, differences
from portal.suppliers.models import Subject, SubjectKind, Supplier
from portal.suppliers.service import Author, KeyTaken, as_text, entry


def subjects_of(session: Session, supplier: Supplier) -> list[Subject]:
    """Return all agreements and materials of `supplier`: those that have ended stand last."""
    rows = sa.select(Subject).where(Subject.supplier_id == supplier.id)
    return list(session.scalars(rows.order_by(Subject.ended, Subject.kind, Subject.key)))


def add_subject(
    session: Session, supplier: Supplier, values: Mapping[str, object], author: Author
) -> Subject:
    """Add an agreement or material with these values (fields of `Subject`) and return it, flushed.

    Raises:
        KeyTaken: the supplier has another of the kind with this key.
    """
    _refuse_taken_key(session, supplier.id, SubjectKind(str(values["kind"])), str(values["key"]))
    subject = Subject(supplier=supplier, **values)
    session.add(subject)
    session.flush()
    _tell(session, author, "added", subject, {"values": as_text(values)})
    return subject


def change_subject(
    session: Session, subject: Subject, values: Mapping[str, object], author: Author
) -> None:
    """Give `subject` these values; campaigns that were sent keep what they asked about.

    Raises:
        KeyTaken: the supplier has another of the kind with this key.
    """
    key = str(values.get("key", subject.key))
    if key != subject.key:
        _refuse_taken_key(session, subject.supplier_id, subject.kind, key)
    changes = list(differences({name: getattr(subject, name) for name in values}, values))
    for change in changes:
        setattr(subject, change.field, values[change.field])
    if changes:
        _tell(session, author, "changed", subject, {"changes": as_details(changes)})


def end(session: Session, subject: Subject, author: Author) -> None:
    """Note that it has ended: later campaigns do not ask about it."""
    if not subject.ended:
        subject.ended = True
        _tell(session, author, "ended", subject, {})


def resume(session: Session, subject: Subject, author: Author) -> None:
    """Note that it goes on after all."""
    if subject.ended:
        subject.ended = False
        _tell(session, author, "resumed", subject, {})


def _refuse_taken_key(session: Session, supplier_id: int, kind: SubjectKind, key: str) -> None:
    taken = sa.select(Subject.id).where(
        Subject.supplier_id == supplier_id, Subject.kind == kind, Subject.key == key
    )
    if session.scalar(taken) is not None:
        raise KeyTaken(key)


def _tell(
    session: Session, author: Author, done: str, subject: Subject, details: JsonObject
) -> None:
    told = {"subject": f"{subject.key} {subject.title}", **details}
    record_all(session, [entry(author, f"subject.{done}", subject.supplier, told)])
