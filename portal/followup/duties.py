"""Who of the buyer is told what by mail: named in the settings, the admins while nobody is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import RoleName, User
from portal.buyers.queries import users
from portal.followup.alert_models import Duty, OnDuty
from portal.outbox.models import Message
from portal.outbox.service import queue
from portal.store import JsonObject


def named(session: Session, duty: Duty) -> list[User]:
    """Return the users named for `duty` who may sign in, by address."""
    ids = set(session.scalars(_NAMED, {"duty": duty}))
    return [user for user in users(session) if user.active and user.id in ids]


_NAMED = sa.select(OnDuty.user_id).where(OnDuty.duty == sa.bindparam("duty"))


def people(session: Session, duty: Duty) -> list[User]:
    """Return who is told: those named, or while there are none the buyer's admins.

    What cannot wait must not be lost because nobody has opened a settings page.
    """
    return named(session, duty) or [
        user
        for user in users(session)
        if user.active and any(role.name == RoleName.ADMIN for role in user.roles)
    ]


def name(session: Session, duty: Duty, user_ids: Collection[int]) -> list[str]:
    """Name these of the buyer's active users for `duty`, and nobody else; return their addresses."""
    chosen = [user for user in users(session) if user.active and user.id in user_ids]
    session.execute(sa.delete(OnDuty).where(OnDuty.duty == duty))
    session.add_all(OnDuty(user_id=user.id, duty=duty) for user in chosen)
    session.flush()
    return [user.email for user in chosen]


def tell(session: Session, user: User, template: str, values: JsonObject, now: datetime) -> Message:
    """Queue the mail `template` to `user`, in the user's language; return it, flushed."""
    return queue(
        session,
        template=template,
        locale=user.locale or user.buyer.locale,
        recipient=user.email,
        context={**values, "user_id": user.id},
        now=now,
    )
