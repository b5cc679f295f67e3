"""The session's buyer, its day, users and codes; the tables of buyers and users stand outside the wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import Buyer, CodeOfConduct, User
from portal.store import scoped_buyer_id


def own_buyer(session: Session) -> Buyer:
    """Return the session's buyer."""
    return session.get_one(Buyer, scoped_buyer_id(session))


def local_day(session: Session, now: datetime) -> date:
    """Return the day that `now` falls on where the session's buyer is."""
    return now.astimezone(ZoneInfo(own_buyer(session).zone)).date()


def users(session: Session) -> Sequence[User]:
    """Return the buyer's users, those who may sign in first, by address."""
    return session.scalars(_USERS, {"buyer_id": scoped_buyer_id(session)}).all()


def user_with_id(session: Session, user_id: int) -> User | None:
    """Return the buyer's user `user_id`, None if there is none or it is another buyer's."""
    own = sa.select(User).where(User.buyer_id == scoped_buyer_id(session))
    return session.scalar(own.where(User.id == user_id))


def codes(session: Session) -> Sequence[CodeOfConduct]:
    """Return every language of every version of the buyer's code, the latest first."""
    newest_first = (CodeOfConduct.applies_from.desc(), CodeOfConduct.id.desc())
    return session.scalars(sa.select(CodeOfConduct).order_by(*newest_first)).all()


# Every signing asks it, so it is built once.
_USERS = (
    sa.select(User)
    .where(User.buyer_id == sa.bindparam("buyer_id"))
    .order_by(User.active.desc(), User.email)
)
