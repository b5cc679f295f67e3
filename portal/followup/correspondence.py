"""Writing with a supplier outside the survey: begin a thread, write in it, read it, close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.attachments import MOST_PER_QUESTION, Accepted
from portal.files import FileStore, StoredFile
from portal.followup.models import Correspondence, Remark, RemarkFile
from portal.suppliers.languages import mail_locale
from portal.suppliers.models import Contact

LONGEST_TEXT = 10_000
MOST_FILES = MOST_PER_QUESTION


class NothingWritten(Exception):
    """A remark has neither text nor file."""


class ThreadClosed(Exception):
    """Nothing can be written any more; `correspondence` says to whom to say so."""

    def __init__(self, correspondence: Correspondence) -> None:
        super().__init__("the thread is closed")
        self.correspondence = correspondence


class NotReachable(Exception):
    """Mail to this contact is not possible."""


@dataclass(frozen=True)
class Given:
    """A file that was checked and is kept in the file store."""

    file: Accepted
    stored: StoredFile


@dataclass(frozen=True)
class Entry:
    """A remark with its files, oldest first in a thread."""

    remark: Remark
    files: tuple[RemarkFile, ...] = ()


def begin(session: Session, contact: Contact, *, by: str, now: datetime) -> Correspondence:
    """Open a thread with `contact`, in the contact's language; `by` is the user's e-mail address.

    Raises:
        NotReachable: mail to the contact came back, or the person left or does not want to be asked.
    """
    if not contact.usable:
        raise NotReachable
    correspondence = Correspondence(
        public_id=uuid4().hex,
        supplier_id=contact.supplier_id,
        contact_id=contact.id,
        locale=mail_locale(contact),
        created_at=now,
        created_by=by,
    )
    session.add(correspondence)
    session.flush()
    return correspondence


def keep(files: FileStore, file: Accepted) -> Given:
    """Put a checked file (`declarations.attachments.accept`) into the store, to be written with a remark."""
    return Given(file, files.put(file.content))


def write(
    session: Session,
    correspondence: Correspondence,
    *,
    text: str,
    author: str,
    by_supplier: bool,
    files: Sequence[Given] = (),
    now: datetime,
) -> Remark:
    """Add a remark with its files to the thread and return it.

    Raises:
        ThreadClosed: the thread is over.
        NothingWritten: neither text nor file.
    """
    if correspondence.closed_at:
        raise ThreadClosed(correspondence)
    if not text.strip() and not files:
        raise NothingWritten
    remark = Remark(
        correspondence_id=correspondence.id,
        by_supplier=by_supplier,
        author=author,
        text=text.strip()[:LONGEST_TEXT],
        written_at=now,
    )
    session.add(remark)
    session.flush()
    session.add_all(_kept(remark, given) for given in files)
    session.flush()
    return remark


def _kept(remark: Remark, given: Given) -> RemarkFile:
    return RemarkFile(
        remark_id=remark.id,
        name=given.file.name,
        media_type=given.file.media_type,
        size=given.stored.size,
        sha256=given.stored.sha256,
        storage_key=given.stored.key,
    )


def thread(session: Session, correspondence: Correspondence) -> list[Entry]:
    """Return what was written so far, oldest first."""
    return threads(session, [correspondence.id]).get(correspondence.id, [])


def threads(session: Session, correspondence_ids: Sequence[int]) -> dict[int, list[Entry]]:
    """Return what was written in several threads, by the thread's id, oldest first."""
    written = sa.select(Remark).where(Remark.correspondence_id.in_(correspondence_ids))
    remarks = session.scalars(written.order_by(Remark.id)).all()
    files: dict[int, list[RemarkFile]] = {}
    given = sa.select(RemarkFile).where(RemarkFile.remark_id.in_([each.id for each in remarks]))
    for file in session.scalars(given.order_by(RemarkFile.id)):
        files.setdefault(file.remark_id, []).append(file)
    found: dict[int, list[Entry]] = {}
    for remark in remarks:
        entry = Entry(remark, tuple(files.get(remark.id, ())))
        found.setdefault(remark.correspondence_id, []).append(entry)
    return found


def has_replied(session: Session, correspondence: Correspondence) -> bool:
    """Return whether the last word in the thread is the supplier's."""
    last = (
        sa.select(Remark.by_supplier)
        .where(Remark.correspondence_id == correspondence.id)
        .order_by(Remark.id.desc())
    )
    return bool(session.scalar(last.limit(1)))


def file_in(session: Session, correspondence: Correspondence, file_id: int) -> RemarkFile | None:
    """Return the file with this id if it was given in the thread."""
    return session.scalar(
        sa.select(RemarkFile)
        .join(Remark, Remark.id == RemarkFile.remark_id)
        .where(Remark.correspondence_id == correspondence.id, RemarkFile.id == file_id)
    )


def find(session: Session, public_id: str) -> Correspondence | None:
    """Return the buyer's thread that is named so."""
    return session.scalar(sa.select(Correspondence).where(Correspondence.public_id == public_id))


def close(correspondence: Correspondence, *, now: datetime) -> None:
    """End the thread: its link says so, and nothing of it is mailed any more.

    Raises:
        ThreadClosed: it was closed before.
    """
    if correspondence.closed_at:
        raise ThreadClosed(correspondence)
    correspondence.closed_at = now
