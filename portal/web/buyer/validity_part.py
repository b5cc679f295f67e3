"""What a supplier's page says of how long its answers are valid."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.reviews.due import nearest
from portal.reviews.holding import held
from portal.suppliers.models import Supplier
from portal.web import clock
from portal.web.buyer.questionnaire_titles import titles


def validity(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return the newest answers per questionnaire, the first to run out first."""
    today = local_day(session, clock.now())
    lines = sorted(held(session, [supplier.id]), key=lambda one: one.valid_until)
    return {
        "lines": [(one, nearest(one.valid_until, today)) for one in lines],
        "titles": titles() if lines else {},
    }
