"""What declarations have earned is taken over from the last rating, and read anew once it changed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.ratings import declared, service
from portal.ratings.cases import cases
from portal.ratings.queries import latest
from portal.ratings.records import fault_of, latest_by_supplier
from portal.ratings.settings import Value
from portal.reviews.models import Shown
from portal.suppliers.models import Supplier
from tests.ratings.test_reviewing import NOW, credit, given, read
from tests.reports.declaring import declare


@pytest.fixture
def declaration(session: Session) -> Declaration:
    at = given(session, declare, "lab_rest_day")
    read(session, at, Shown.VERIFIED, until=date(2027, 3, 1))
    return at[0]


def supplier_of(session: Session, declaration: Declaration) -> Supplier:
    return session.get_one(Supplier, declaration.supplier_id)


def test_taken_over_and_read_anew_are_the_same(session: Session, declaration: Declaration) -> None:
    supplier = supplier_of(session, declaration)
    known = latest_by_supplier(session, [supplier.id])
    taken = cases(session, [supplier], NOW, known)
    assert taken == cases(session, [supplier], NOW)
    assert taken[supplier.id].credits


def test_nothing_is_read_while_it_rests_on_the_same(
    session: Session, declaration: Declaration, monkeypatch: pytest.MonkeyPatch
) -> None:
    supplier = supplier_of(session, declaration)
    known = latest_by_supplier(session, [supplier.id])
    monkeypatch.setattr(declared, "read", None)  # would fail if it were called
    assert cases(session, [supplier], NOW, known)[supplier.id].credits


def test_a_document_that_expires_is_noticed(session: Session, declaration: Declaration) -> None:
    supplier = supplier_of(session, declaration)
    known = latest_by_supplier(session, [supplier.id])
    late = NOW + timedelta(days=200)
    found = cases(session, [supplier], late, known)[supplier.id]
    assert credit(session, declaration, "lab_rest_day").value is Value.VERIFIED
    assert next(c for c in found.credits if c.question == "lab_rest_day").value is Value.DECLARED


def test_a_new_judgement_is_noticed(session: Session) -> None:
    at = given(session, declare, "lab_rest_day")
    supplier = supplier_of(session, at[0])
    before = latest_by_supplier(session, [supplier.id])
    read(session, at, Shown.VERIFIED)
    found = cases(session, [supplier], NOW, before)[supplier.id]
    assert next(c for c in found.credits if c.question == "lab_rest_day").value is Value.VERIFIED


def test_the_rating_tells_what_it_rests_on(session: Session, declaration: Declaration) -> None:
    row = latest(session, declaration.supplier_id)
    assert row is not None
    assert f" {declaration.id}/" in row.inputs["case"]["rests_on"]
    service.recompute(session, None, NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(type(row))) == 2


def test_what_another_version_has_kept_is_read_anew(
    session: Session, declaration: Declaration
) -> None:
    before = latest(session, declaration.supplier_id)
    assert before is not None
    credits_ = [{"question": "lab_rest_day"}]
    inputs = {**before.inputs, "case": {**before.inputs["case"], "credits": credits_}}
    session.execute(sa.text("UPDATE rating SET inputs = :inputs"), {"inputs": json.dumps(inputs)})
    session.expire_all()
    service.recompute(session, None, NOW)
    row = latest(session, declaration.supplier_id)
    assert row is not None
    assert (fault_of(row), row.explanation) == ("", before.explanation)
    assert row.previous_id == before.id
