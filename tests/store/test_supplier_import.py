"""Imports on real databases: what is written, and that the same file twice writes nothing."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.suppliers.cells import Reading
from portal.suppliers.import_applying import apply
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.importing import FaultyRows, Plan, plan
from portal.suppliers.models import Contact, Supplier
from portal.suppliers.reading import read_table
from portal.suppliers.service import Author
from tests.conftest import NOW
from tests.makers import make_contact, make_supplier, other_buyer

AUTHOR = Author(NOW, "anne@fjordlab.example")


def planned(session: Session, *lines: dict[str, str]) -> Plan:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS.known)
    writer.writeheader()
    writer.writerows(lines)
    table = read_table("suppliers.csv", text.getvalue().encode(), COLUMNS)
    return plan(session, table, Reading(("en", "nb")))


def bring_in(session: Session, *lines: dict[str, str]) -> Plan:
    found = planned(session, *lines)
    apply(session, found, AUTHOR, source="suppliers.csv")
    session.commit()
    return found


def line(key: str = "S1", **cells: str) -> dict[str, str]:
    return {
        "key": key,
        "name": "Acme",
        "country": "NO",
        "contact_email": f"{key.lower()}@acme.example",
    } | cells


def suppliers(session: Session) -> list[Supplier]:
    return list(session.scalars(sa.select(Supplier).order_by(Supplier.key)))


def events(session: Session) -> list[Event]:
    return list(session.scalars(sa.select(Event).order_by(Event.seq)))


def test_a_file_becomes_suppliers_with_contacts(session):
    bring_in(
        session,
        line(spend="1 234,50", currency="nok", criticality="A", production_countries="VN,CN"),
        line(name="", country="", contact_email="two@acme.example", contact_locale="nb"),
    )
    [supplier] = suppliers(session)
    assert (supplier.name, supplier.spend, supplier.currency) == ("Acme", Decimal("1234.50"), "NOK")
    assert supplier.production_countries == ["CN", "VN"]
    contacts = session.scalars(sa.select(Contact).order_by(Contact.id)).all()
    assert [(c.email, c.locale, c.primary) for c in contacts] == [
        ("s1@acme.example", "", True),
        ("two@acme.example", "nb", False),
    ]


def test_the_same_file_twice_changes_nothing(session):
    lines = [line("S1", spend="10"), line("S2", production_countries="SE NO")]
    bring_in(session, *lines)
    written = len(events(session))
    assert bring_in(session, *lines).summary() == "added 0, changed 0, unchanged 2, faulty 0"
    assert len(events(session)) == written


def test_a_supplier_is_updated_by_key_and_keeps_what_the_file_leaves_out(session):
    supplier = make_supplier(session, key="S1", name="Acme", org_number="999", country="SE")
    make_contact(session, supplier, email="old@acme.example", name="Ola")
    bring_in(session, line(name="Acme AS", country=""))
    assert [(s.name, s.org_number, s.country) for s in suppliers(session)] == [
        ("Acme AS", "999", "SE")
    ]
    contacts = session.scalars(sa.select(Contact).order_by(Contact.id)).all()
    assert [(c.email, c.primary) for c in contacts] == [
        ("old@acme.example", True),
        ("s1@acme.example", False),
    ]


def test_a_contacts_telephone_is_written_as_it_stands_and_kept_by_an_empty_cell(session):
    bring_in(session, line(contact_phone="+47 22 00 00 00 (office)"))
    bring_in(session, line(contact_phone=""))
    [contact] = session.scalars(sa.select(Contact))
    assert contact.phone == "+47 22 00 00 00 (office)"


def test_a_contacts_name_and_language_are_updated_by_address(session):
    supplier = make_supplier(session, key="S1")
    make_contact(session, supplier, email="Ann@acme.example", name="Ann")
    cells = {"contact_email": "ann@acme.example", "contact_name": "Anna", "contact_locale": "nb"}
    bring_in(session, line(name="", country="", **cells))
    [contact] = session.scalars(sa.select(Contact))
    assert (contact.name, contact.email, contact.locale) == ("Anna", "Ann@acme.example", "nb")


def test_a_new_contact_is_primary_where_no_usable_one_is(session):
    supplier = make_supplier(session, key="S1", name="Acme")
    make_contact(session, supplier, email="gone@acme.example", left_at=NOW)
    bring_in(session, line())
    primary = session.scalars(
        sa.select(Contact.email).where(Contact.primary, Contact.left_at.is_(None))
    )
    assert primary.all() == ["s1@acme.example"]


def test_faulty_rows_are_refused_whole_or_left_out(session):
    found = planned(session, line("S1"), line("S2", country="Norwey"))
    with pytest.raises(FaultyRows):
        apply(session, found, AUTHOR, source="suppliers.csv")
    assert suppliers(session) == []
    apply(session, found, AUTHOR, source="suppliers.csv", skip_faulty=True)
    assert [supplier.key for supplier in suppliers(session)] == ["S1"]


def test_each_supplier_added_or_changed_is_an_event_with_before_and_after(session):
    bring_in(session, line())
    bring_in(session, line(name="Acme AS", contact_name="Ann"))
    added, changed = events(session)
    [supplier] = suppliers(session)
    assert (added.action, changed.action) == ("supplier.added", "supplier.changed")
    assert changed.subject_id == str(supplier.id)
    assert changed.actor == "anne@fjordlab.example"
    assert added.details["values"] == {"key": "S1", "name": "Acme", "country": "NO"}
    assert changed.details == {
        "source": "suppliers.csv",
        "changes": [
            {"field": "name", "old": "Acme", "new": "Acme AS"},
            {"field": "name", "old": "", "new": "Ann", "contact": "s1@acme.example"},
        ],
    }


def test_another_buyers_supplier_with_the_same_key_is_another_supplier(session):
    bring_in(session, line())
    other_buyer(session)
    assert bring_in(session, line()).summary() == "added 1, changed 0, unchanged 0, faulty 0"
