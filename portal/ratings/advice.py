"""What would help a supplier most, as advice on its receipt: questions only, no score and no points."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from portal.buyers.queries import own_buyer
from portal.declarations.models import Declaration
from portal.ratings.improving import SHOWN, most_missing
from portal.ratings.service import basis_of
from portal.suppliers.models import SupplierKind


def advised(session: Session, declaration: Declaration, now: datetime) -> list[str]:
    """Return the answered questions on which a step forward would lower the rating most, by id.

    At most three, the first one first; none unless the buyer allows it.
    Source: the rating model, section 7.
    """
    supplier = declaration.invitation.supplier
    if not own_buyer(session).shares_advice or supplier.kind is not SupplierKind.SUPPLIER:
        return []
    answered = json.loads(declaration.document)["answers"].keys()
    basis = basis_of(session, supplier, now)
    missing = most_missing(basis.case, basis.settings, basis.today)
    return [credit.question for _, credit in missing if credit.question in answered][:SHOWN]
