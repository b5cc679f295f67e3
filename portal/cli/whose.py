"""Whose rows a command works on."""

from __future__ import annotations

import click
import sqlalchemy as sa

from portal import store
from portal.buyers.models import Buyer
from portal.database import db_session


def scope_to_buyer(name: str) -> Buyer:
    """Return the buyer called `name`; from here on the session sees its rows only.

    Raises:
        click.ClickException: there is none.
    """
    session = db_session()
    buyer = session.scalar(sa.select(Buyer).where(Buyer.name == name))
    if buyer is None:
        known = ", ".join(session.scalars(sa.select(Buyer.name).order_by(Buyer.name)))
        raise click.ClickException(f"There is no buyer called '{name}'. Known: {known or 'none'}.")
    store.scope(session, buyer.id)
    return buyer
