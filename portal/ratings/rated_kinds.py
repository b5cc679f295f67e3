"""Who is rated: what the buyer buys from, not the owners of agreements."""

from __future__ import annotations

import sqlalchemy as sa

from portal.suppliers.models import Supplier, SupplierKind


def is_rated() -> sa.ColumnElement[bool]:
    """Return whether an entry of the register is rated, for a query on `Supplier`."""
    return Supplier.kind == SupplierKind.SUPPLIER
