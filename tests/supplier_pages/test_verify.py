"""Checking a receipt on a page, without an account."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from portal.declarations import receipts, sealing
from portal.state import state
from tests.answering import Supplier

DOCUMENT = {
    "supplier": {"name": "Grønn Glass AS"},
    "buyer": {"name": "Fjordlab"},
    "signatory": {"name": "Ola Hansen", "title": "Daglig leder"},
    "signed_at": "2026-11-21T09:00:00Z",
    "answers": {"coc_acceptance": "accept"},
}


@pytest.fixture
def receipt(app: Flask) -> bytes:
    """A receipt sealed by the application's key."""
    with app.app_context():
        key = state().seal_key
    seal = key.seal(DOCUMENT)
    made = receipts.receipt(seal.text, seal.sha256, seal.signature, key.public)
    return sealing.canonical(made)


@pytest.mark.parametrize("by_file", [True, False])
def test_an_intact_receipt_is_said_to_be(supplier: Supplier, receipt: bytes, by_file: bool) -> None:
    supplier.open("/verify")
    given = {"file": (io.BytesIO(receipt), "r.json")} if by_file else {"receipt": receipt.decode()}
    supplier.press("Check", values=given)
    assert "Intact" in supplier.page.text
    assert "Grønn Glass AS" in supplier.page.text


def test_what_was_changed_is_named(supplier: Supplier, receipt: bytes) -> None:
    supplier.open("/verify")
    changed = receipt.replace(b'"coc_acceptance":"accept"', b'"coc_acceptance":"decline"')
    supplier.press("Check", values={"receipt": changed.decode()})
    assert "Not intact" in supplier.page.text
    assert "This was changed after signing: answers.coc_acceptance." in supplier.page.text


@pytest.mark.parametrize("text", ["", "nothing", "[1]"])
def test_what_is_no_receipt_is_refused_with_a_sentence(supplier: Supplier, text: str) -> None:
    supplier.open("/verify")
    supplier.press("Check", status=422, values={"receipt": text})
    assert "receipt" in supplier.page.one("div", class_="error-summary").text
