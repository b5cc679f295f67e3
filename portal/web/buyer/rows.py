"""The row that an address names."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa
from flask import abort

from portal.database import db_session
from portal.store import Base

Row = TypeVar("Row", bound=Base)

_LARGEST = 2**31 - 1  # what an id column holds on PostgreSQL


def row_or_404(kind: type[Row], row_id: int) -> Row:
    """Return the row of the signed-in user's buyer; 404 if there is none, or it is another's."""
    if row_id > _LARGEST:
        abort(404)
    row = db_session().scalar(sa.select(kind).where(sa.inspect(kind).primary_key[0] == row_id))
    if row is None:
        abort(404)
    return row
