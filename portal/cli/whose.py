"""Whose rows a command works on."""

from __future__ import annotations

import click

from portal import store
from portal.buyers.models import Buyer
from portal.buyers.service import Refused, buyer_named
from portal.database import db_session


def scope_to_buyer(name: str) -> Buyer:
    """Return the buyer called `name`; from here on the session sees its rows only.

    Raises:
        click.ClickException: there is none.
    """
    session = db_session()
    try:
        buyer = buyer_named(session, name)
    except Refused as error:
        raise click.ClickException(str(error)) from None
    store.scope(session, buyer.id)
    return buyer
