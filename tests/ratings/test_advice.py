"""Advice for the supplier: the questions that would help most, only where the buyer allows it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from portal.buyers.queries import own_buyer
from portal.ratings.advice import advised
from portal.suppliers.models import SupplierKind
from tests.declarations.surveys import make_survey
from tests.makers import make_contact, make_supplier
from tests.reports.declaring import declare

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANSWERS = {"lab_rest_day": "no", "lab_leave": "yes", "lab_fee_payer": "employer"}


def declared(session: Session, **values):
    supplier = make_supplier(session, country="CN", category="ict_equipment", **values)
    contact = make_contact(session, supplier)
    invitation = make_survey(session, ["labour_rights"], contact=contact)
    return declare(session, invitation, ANSWERS)


def test_nothing_is_advised_unless_the_buyer_allows_it(session: Session) -> None:
    declaration = declared(session)
    assert advised(session, declaration, NOW) == []
    own_buyer(session).shares_advice = True
    found = advised(session, declaration, NOW)
    assert "lab_rest_day" in found
    assert set(found) <= ANSWERS.keys()
    assert len(found) <= 3


def test_an_owner_of_an_agreement_is_not_advised(session: Session) -> None:
    own_buyer(session).shares_advice = True
    declaration = declared(session, kind=SupplierKind.AGREEMENT_OWNER)
    assert advised(session, declaration, NOW) == []
