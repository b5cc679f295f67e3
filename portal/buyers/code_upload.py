"""A buyer's own Supplier Code of Conduct: one language of one version at a time, never changed."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import PurePath

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import CodeOfConduct
from portal.files import FileStore

LARGEST = 5 * 1024 * 1024
TEXT_KINDS = {".txt": "text/plain", ".md": "text/markdown"}
PDF = "application/pdf"


class RefusedFile(Exception):
    """The file cannot be the code; the class says why."""


class EmptyFile(RefusedFile):
    """There is nothing in it."""


class LargeFile(RefusedFile):
    """It is larger than `LARGEST` bytes."""


class WrongKind(RefusedFile):
    """It is neither text nor PDF, or not what its name says."""


class VersionExists(Exception):
    """The version is there already in the language; what suppliers accepted is never replaced."""


def add_code(
    session: Session,
    files: FileStore,
    *,
    version: str,
    locale: str,
    applies_from: date,
    filename: str,
    content: bytes,
    now: datetime,
) -> CodeOfConduct:
    """Return the stored language of a version; a PDF goes to `files`, text into the row.

    Raises:
        RefusedFile: the file cannot be the code.
        VersionExists: the buyer has this version in this language.
    """
    media_type = _media_type(filename, content)
    known = sa.select(CodeOfConduct.id).where(
        CodeOfConduct.version == version, CodeOfConduct.locale == locale
    )
    if session.scalar(known) is not None:
        raise VersionExists
    text = None if media_type == PDF else _text(content)
    row = CodeOfConduct(
        version=version,
        locale=locale,
        applies_from=applies_from,
        filename=PurePath(filename).name[-255:],
        media_type=media_type,
        text=text,
        storage_key=files.put(content).key if text is None else None,
        sha256=hashlib.sha256(content if text is None else text.encode()).hexdigest(),
        uploaded_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _media_type(filename: str, content: bytes) -> str:
    """Return what the file is, by its name and by how it begins."""
    if not content.strip():
        raise EmptyFile
    if len(content) > LARGEST:
        raise LargeFile
    ending = PurePath(filename).suffix.lower()
    if ending == ".pdf" and content.startswith(b"%PDF-"):
        return PDF
    if ending not in TEXT_KINDS:
        raise WrongKind
    return TEXT_KINDS[ending]


def _text(content: bytes) -> str:
    """Return the text of a file, written as UTF-8 or as older Windows programs do."""
    if b"\0" in content:
        raise WrongKind
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
