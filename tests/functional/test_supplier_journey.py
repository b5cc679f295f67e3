"""The supplier's whole way, by what the pages show."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations import receipts
from portal.state import state
from tests.answering import Supplier, fill, link
from tests.declarations.surveys import make_survey

SIGNATORY = {
    "signatory_name": "Ola Hansen",
    "signatory_title": "Daglig leder",
    "signatory_role": "managing_director",
    "authority": "y",
}


def invited(rows: Session, *questionnaires: str, **values: object) -> Invitation:
    """Return a stored invitation that the application sees."""
    invitation = make_survey(rows, questionnaires or ("company_profile",), **values)
    rows.expire_on_commit = False
    rows.commit()
    return invitation


@pytest.mark.parametrize("csrf", [False, True])
def test_from_the_link_to_a_receipt_that_verifies(
    app: Flask, client: FlaskClient, rows: Session, csrf: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = csrf
    invitation = invited(
        rows,
        "company_profile",
        "supplier_code_of_conduct",
        "labour_rights",
        "conflict_minerals_3tg",
    )
    supplier = Supplier(client)
    supplier.open(link(app, invitation))
    assert "asks for your declaration" in supplier.heading
    supplier.press("Start")
    supplier.follow("Next:")
    fill(supplier)
    assert supplier.heading == "Check your answers"
    supplier.follow("Go on to sign")
    supplier.press("Sign and send", values=SIGNATORY)
    assert supplier.heading == "Receipt"
    receipt = client.get(f"/survey/{invitation.public_id}/receipt.json")
    assert receipt.headers["Content-Disposition"].startswith("attachment")
    data = receipts.read(receipt.data)
    with app.app_context():
        assert receipts.verify(data, state().known_keys).intact
    assert data["document"]["signatory"]["name"] == "Ola Hansen"
