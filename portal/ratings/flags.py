"""Red flags that a person sets or clears: each with a source and a reason."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings import service
from portal.ratings.models import RatingTrigger, RedFlag
from portal.ratings.settings_kept import settings_of


class FlagRefused(Exception):
    """The flag cannot be set or cleared so; the message says why."""


def flags_of(session: Session, supplier_id: int) -> list[RedFlag]:
    """Return a supplier's red flags, standing ones first, then the newest."""
    rows = sa.select(RedFlag).where(RedFlag.supplier_id == supplier_id)
    return list(session.scalars(rows.order_by(RedFlag.cleared_at.is_not(None), RedFlag.id.desc())))


def set_flag(
    session: Session,
    supplier_id: int,
    code: str,
    *,
    source: str,
    reason: str,
    by: str,
    now: datetime,
) -> RedFlag:
    """Set a red flag by hand, rate the supplier again and return the flag.

    Raises:
        FlagRefused: the code is unknown, or source or reason is missing.
    """
    if code not in settings_of(session).red_flag_floors:
        raise FlagRefused("There is no such red flag.")
    if not source.strip() or not reason.strip():
        raise FlagRefused("A red flag needs a source and a reason.")
    flag = RedFlag(
        supplier_id=supplier_id,
        code=code,
        source_kind="person",
        source=source.strip(),
        reason=reason.strip(),
        set_at=now,
        set_by=by,
    )
    session.add(flag)
    session.flush()
    service.rate_because(session, [supplier_id], RatingTrigger.FLAG, now)
    return flag


def clear_flag(session: Session, flag: RedFlag, *, reason: str, by: str, now: datetime) -> None:
    """Clear a standing red flag and rate its supplier again.

    Raises:
        FlagRefused: no reason is given, or it is cleared already.
    """
    if not reason.strip():
        raise FlagRefused("Clearing a red flag needs a reason.")
    if flag.cleared_at is not None:
        raise FlagRefused("The red flag is cleared already.")
    flag.cleared_at, flag.cleared_by, flag.clear_reason = now, by, reason.strip()
    session.flush()
    service.rate_because(session, [flag.supplier_id], RatingTrigger.FLAG, now)
