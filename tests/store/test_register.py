"""The register's list and the changes by hand, on both databases."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.ratings.queries import latest
from portal.ratings.service import recompute
from portal.reports.register import SORTS, Wanted, countries_and_categories, listing
from portal.suppliers import service
from portal.suppliers.models import Criticality
from portal.suppliers.service import AddressTaken, Author, KeyTaken
from tests.conftest import NOW
from tests.makers import make_contact, make_supplier, other_buyer

AUTHOR = Author(NOW, "kari@fjordlab.example", ip="203.0.113.9")


def keys(session: Session, wanted: Wanted | None = None, **how: object) -> list[str]:
    found = listing(session, wanted or Wanted(), **how)
    return [row.supplier.key for row in found.rows]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_puts_what_is_not_known_last(session, sort):
    known = make_supplier(session, key="1", name="A", criticality=Criticality.B, country="CN")
    make_supplier(session, key="2", name="b", country="NO", category="wood")
    recompute(session, [known.id], NOW)
    assert keys(session, sort=sort) in (["1", "2"], ["2", "1"])
    if sort in {"criticality", "rating"}:
        assert keys(session, sort=sort) == keys(session, sort=sort, descending=True) == ["1", "2"]


def test_names_are_found_whatever_their_capitals(session):
    make_supplier(session, key="1", name="ÅS TEKSTIL")
    make_supplier(session, key="2", name="Other 100%")
    assert keys(session, Wanted(text="ås tek")) == ["1"]
    assert keys(session, Wanted(text="ås x")) == []
    assert keys(session, Wanted(text="0%")) == ["2"]


def test_one_row_for_a_supplier_with_several_contacts_and_ratings(session):
    supplier = make_supplier(session, key="1")
    make_contact(session, supplier, email="first@a.example")
    make_contact(session, supplier, email="second@a.example")
    recompute(session, [supplier.id], NOW)
    supplier.country = "CN"
    recompute(session, [supplier.id], NOW)
    found = listing(session, Wanted(text="a.example"))
    assert (found.total, found.first, found.last) == (1, 1, 1)
    assert (found.rows[0].email, found.rows[0].rating) == (
        "first@a.example",
        latest(session, supplier.id),
    )


def test_a_page_past_the_end_is_the_last(session):
    make_supplier(session, key="1")
    assert listing(session, Wanted(), page=9).page == 1
    assert countries_and_categories(session) == (["NO"], ["uncategorised"])


def test_the_list_holds_one_buyers_suppliers_only(session):
    make_supplier(session, key="1")
    other_buyer(session)
    assert listing(session, Wanted()).total == 0
    assert countries_and_categories(session) == ([], [])


def test_what_is_done_by_hand_is_in_the_trail(session):
    values = {"key": "1", "name": "Acme", "country": "NO", "spend": Decimal("10.00")}
    supplier = service.add_supplier(session, values, AUTHOR)
    assert service.change_supplier(session, supplier, {"spend": Decimal(10)}, AUTHOR) == []
    service.change_supplier(session, supplier, {"spend": None}, AUTHOR)
    contact = service.add_contact(session, supplier, {"email": "a@a.example"}, AUTHOR)
    assert contact.primary
    events = session.scalars(sa.select(Event).order_by(Event.seq)).all()
    assert [event.action for event in events] == [
        "supplier.added",
        "supplier.changed",
        "contact.added",
    ]
    assert events[1].details == {"changes": [{"field": "spend", "old": "10.00", "new": ""}]}


def test_keys_and_addresses_are_not_given_twice(session):
    supplier = make_supplier(session, key="1")
    make_contact(session, supplier, email="a@a.example")
    with pytest.raises(KeyTaken):
        service.add_supplier(session, {"key": "1", "name": "B", "country": "NO"}, AUTHOR)
    with pytest.raises(AddressTaken):
        service.add_contact(session, supplier, {"email": "A@a.example"}, AUTHOR)
