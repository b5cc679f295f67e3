"""What reviewers saw in files: says, shows or verified, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Attachment, Declaration
from portal.reviews.models import FileReading, Shown
from portal.reviews.reviewable import ReviewRefused, require_current


def add_reading(
    session: Session,
    declaration: Declaration,
    attachment: Attachment,
    shown: Shown,
    *,
    holds_until: date | None,
    reason: str,
    by: str,
    now: datetime,
) -> FileReading:
    """Keep what a reviewer saw in a file of `declaration` and return it.

    Raises:
        ReviewRefused: the declaration is corrected, or it is not said how the file was checked.
    """
    require_current(session, declaration)
    if shown is Shown.VERIFIED and not reason.strip():
        raise ReviewRefused("Say how you checked it.")
    row = FileReading(
        attachment_id=attachment.id,
        shown=shown,
        holds_until=holds_until,
        reason=reason.strip(),
        read_by=by,
        read_at=now,
    )
    session.add(row)
    session.flush()
    return row


_READ = (
    sa.select(Attachment, FileReading)
    .join(FileReading, FileReading.attachment_id == Attachment.id)
    .where(Attachment.invitation_id.in_(sa.bindparam("invitation_ids", expanding=True)))
    .order_by(FileReading.id)
)


def readings(
    session: Session, invitation_ids: Iterable[int]
) -> dict[int, list[tuple[Attachment, FileReading]]]:
    """Return the files that were read, each with the reading that counts, by invitation id."""
    newest: dict[int, tuple[Attachment, FileReading]] = {}
    for attachment, reading in session.execute(_READ, {"invitation_ids": list(invitation_ids)}):
        newest[attachment.id] = (attachment, reading)
    found: dict[int, list[tuple[Attachment, FileReading]]] = {}
    for attachment, reading in newest.values():
        found.setdefault(attachment.invitation_id, []).append((attachment, reading))
    return found
