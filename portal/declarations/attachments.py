"""Files that suppliers give with their answers: what is taken, under which name, and where it is kept."""

from __future__ import annotations

import enum
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

import filetype
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.models import Attachment
from portal.files import FileStore

LARGEST = 15 * 1024 * 1024
MOST_PER_QUESTION = 10
LONGEST_NAME = 120

# Extension -> media type. What a file is called must be what it is.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}

# A part that each kind of Office file has, inside its zip.
_OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin")


class Reason(enum.StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    TOO_MANY = "too_many"


class Refused(Exception):
    """The file named `name` is not taken, for `reason`."""

    def __init__(self, reason: Reason, name: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.reason, self.name = reason, name


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept, under a name that is safe to show and to save."""

    name: str
    media_type: str
    content: bytes


def accept(name: str, content: bytes) -> Accepted:
    """Return the file, checked by its content; its own name and declared type are not trusted.

    Raises:
        Refused: empty, larger than 15 MB, of another kind, or not what its name says.
    """
    safe = safe_name(name)
    extension = PurePosixPath(safe).suffix.lstrip(".").lower()
    if not content:
        raise Refused(Reason.EMPTY, safe)
    if len(content) > LARGEST:
        raise Refused(Reason.TOO_LARGE, safe)
    kind = _kind(content)
    if extension not in MEDIA_TYPES or kind is None:
        raise Refused(Reason.WRONG_KIND, safe)
    if MEDIA_TYPES[extension] != MEDIA_TYPES[kind]:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, safe)
    return Accepted(safe, MEDIA_TYPES[kind], content)


def safe_name(name: str) -> str:
    """Return the last part of `name` without control and direction characters, at most 120 long."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(
        c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    shown = shown.strip(" .") or "file"
    path = PurePosixPath(shown)
    return path.stem[: LONGEST_NAME - len(path.suffix)].rstrip() + path.suffix[:LONGEST_NAME]


def _kind(content: bytes) -> str | None:
    """Return the extension of what `content` is, or None for anything that is not taken."""
    if content.startswith(b"PK"):
        return _office_kind(content)
    guess = filetype.guess(content)
    return guess.extension if guess is not None and guess.extension in MEDIA_TYPES else None


def _office_kind(content: bytes) -> str | None:
    """Return the kind of Office file; only the list of its parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or names.intersection(_MACROS):
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)


def add(
    session: Session,
    files: FileStore,
    invitation: Invitation,
    question_id: str,
    *,
    file: Accepted,
    now: datetime,
) -> Attachment:
    """Keep `file` with the answer to a question; the same file again is the one already there.

    A cell of a table holds one file: the next takes its place.

    Raises:
        Refused: the question has ten files already.
    """
    present = [a for a in of(session, invitation) if a.question_id == question_id]
    stored = files.put(file.content)
    for attachment in present:
        if (attachment.sha256, attachment.name) == (stored.sha256, file.name):
            files.remove(stored.key)
            return attachment
    if "." in question_id:
        for replaced in present:
            replaced.removed_at = now
    elif len(present) >= MOST_PER_QUESTION:
        files.remove(stored.key)
        raise Refused(Reason.TOO_MANY, file.name)
    attachment = Attachment(
        invitation_id=invitation.id,
        question_id=question_id,
        name=file.name,
        media_type=file.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        uploaded_at=now,
    )
    session.add(attachment)
    session.flush()
    return attachment


def carry(
    session: Session, invitation: Invitation, earlier: Attachment, now: datetime
) -> Attachment | None:
    """Give a file of an earlier declaration with the same answer again; its bytes are not copied.

    Returns None where the answer has a file already: what was given anew counts.
    """
    if any(each.question_id == earlier.question_id for each in of(session, invitation)):
        return None
    attachment = Attachment(
        invitation_id=invitation.id,
        question_id=earlier.question_id,
        name=earlier.name,
        media_type=earlier.media_type,
        size=earlier.size,
        sha256=earlier.sha256,
        storage_key=earlier.storage_key,
        uploaded_at=now,
    )
    session.add(attachment)
    session.flush()
    return attachment


def remove(
    session: Session, invitation: Invitation, attachment_id: int, now: datetime
) -> Attachment | None:
    """Take a file away from its answer; returns None when the invitation has no such file.

    The bytes stay: an earlier declaration may have sealed them.
    """
    attachment = find(session, invitation, attachment_id)
    if attachment:
        attachment.removed_at = now
        session.flush()
    return attachment


def find(session: Session, invitation: Invitation, attachment_id: int) -> Attachment | None:
    """Return the invitation's file with this id unless it was taken away."""
    return next((a for a in of(session, invitation) if a.id == attachment_id), None)


def of(session: Session, invitation: Invitation) -> list[Attachment]:
    """Return the files given with the answers of `invitation`, oldest first."""
    return list(session.scalars(_OF, {"invitation_id": invitation.id}))


# Every page of a survey asks this, so it is built once.
_OF = (
    sa.select(Attachment)
    .where(
        Attachment.invitation_id == sa.bindparam("invitation_id"), Attachment.removed_at.is_(None)
    )
    .order_by(Attachment.id)
)
