"""The register in the browser: list, supplier, forms, contacts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.ratings.records import bands
from portal.ratings.service import after_supplier_change, recompute
from portal.suppliers.amounts import amount
from portal.suppliers.models import Contact, Supplier
from tests.conftest import NOW
from tests.html import Page
from tests.makers import make_contact, make_supplier, other_buyer
from tests.signing_in import make_user, sign_in

HOSTILE = '"><script>alert(1)</script>\u202e{{ 7*7 }}'

GetPage = Callable[..., Page]


@pytest.fixture
def prepared(rows: Session) -> Session:
    """Three suppliers of different kinds."""
    ann = make_supplier(rows, key="1001", name="Ann Metal", country="NO", criticality="A")
    make_contact(rows, ann, email="ann@metal.example")
    make_supplier(rows, key="1002", name="Bo Plast", country="CN", org_number="999 888 777")
    make_supplier(rows, key="1003", name="Ås Tekstil", country="VN", status="inactive")
    rows.commit()
    return rows


def names(page: Page) -> list[str]:
    return [" ".join(e.text.split()) for e in page.all("th", scope="row")]


def supplier_id(rows: Session, key: str) -> int:
    """The id of a stored supplier; leaves no transaction open."""
    found = rows.scalar(sa.select(Supplier.id).where(Supplier.key == key))
    rows.rollback()
    assert found is not None
    return found


def actions(rows: Session) -> list[str]:
    found = list(rows.scalars(sa.select(Event.action).order_by(Event.seq)))
    rows.rollback()
    return found


def test_an_empty_register_says_what_to_do(rows, client, get_page):
    sign_in(client, rows)
    page = get_page("/suppliers")
    assert "There are no suppliers yet." in page.text
    assert "/suppliers/import" in page.links()


def test_the_list_shows_names_contacts_and_totals(prepared, client, get_page):
    sign_in(client, prepared)
    page = get_page("/suppliers")
    assert names(page) == ["Ann Metal", "Bo Plast", "Ås Tekstil Not in use"]
    assert "ann@metal.example" in page.text
    assert "Showing 1–3 of 3" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=METAL", ["Ann Metal"]),
        ("q=1002", ["Bo Plast"]),
        ("q=99988", ["Bo Plast"]),
        ("q=ann@metal", ["Ann Metal"]),
        ("q=ås", ["Ås Tekstil Not in use"]),
        ("q=%25", []),
        ("criticality=A", ["Ann Metal"]),
        ("country=CN", ["Bo Plast"]),
        ("state=inactive", ["Ås Tekstil Not in use"]),
        ("band=none&country=NO", ["Ann Metal"]),
        ("sort=-name", ["Ås Tekstil Not in use", "Bo Plast", "Ann Metal"]),
        ("sort=country", ["Bo Plast", "Ann Metal", "Ås Tekstil Not in use"]),
        ("sort=criticality", ["Ann Metal", "Bo Plast", "Ås Tekstil Not in use"]),
        ("category=batteries", []),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(prepared, client, get_page, query, found):
    sign_in(client, prepared)
    assert names(get_page(f"/suppliers?{query}")) == found


@pytest.mark.parametrize("query", ["sort=spend", "page=x", "criticality=Z", "state=x", "band=x"])
def test_what_the_list_cannot_do_is_refused(rows, client, query):
    sign_in(client, rows)
    assert client.get(f"/suppliers?{query}").status_code == 400


def test_the_latest_rating_is_shown_and_filtered(prepared, client, get_page):
    supplier = prepared.scalars(sa.select(Supplier).where(Supplier.key == "1001")).one()
    supplier.category = "uncategorised"
    [before] = bands(prepared, recompute(prepared, [supplier.id], NOW)).values()
    supplier.country, supplier.category = "CN", "batteries"
    [after] = bands(prepared, after_supplier_change(prepared, [supplier.id], NOW)).values()
    assert before != after
    sign_in(client, prepared)
    assert names(get_page(f"/suppliers?band={after}&sort=-rating")) == ["Ann Metal"]
    assert names(get_page(f"/suppliers?band={before}")) == []


def test_pages_hold_fifty_and_keep_the_filter(rows, client, get_page):
    for number in range(60):
        make_supplier(rows, name=f"Supplier {number:02}", country="NO")
    sign_in(client, rows)
    first = get_page("/suppliers?country=NO")
    assert (len(names(first)), "Showing 1–50 of 60" in first.text) == (50, True)
    second = get_page(next(link for link in first.links() if "page=2" in link))
    assert (len(names(second)), "Showing 51–60 of 60" in second.text) == (10, True)


def test_names_are_escaped_everywhere(rows, client, get_page):
    supplier = make_supplier(rows, name=HOSTILE, notes=HOSTILE, org_number=HOSTILE)
    make_contact(rows, supplier, name=HOSTILE)
    sign_in(client, rows)
    number = supplier.id
    for url in ("/suppliers", f"/suppliers/{number}", f"/suppliers/{number}/edit"):
        assert "<script>alert" not in get_page(url).source


def test_another_buyers_supplier_is_not_found(prepared, client):
    mine = prepared.info["buyer"]
    other_buyer(prepared)
    supplier = make_supplier(prepared)
    contact = make_contact(prepared, supplier)
    number, contact_number = supplier.id, contact.id
    prepared.commit()
    prepared.info["buyer"] = mine
    sign_in(client, prepared)
    for path in ("", "/edit", "/contacts/new", f"/contacts/{contact_number}/edit"):
        assert client.get(f"/suppliers/{number}{path}").status_code == 404
    assert client.post(f"/suppliers/{number}/contacts/{contact_number}/left").status_code == 404
    assert client.get("/suppliers/99999999999999999999").status_code == 404


def test_a_supplier_is_added_by_hand_and_told_in_its_timeline(rows, client, get_page):
    sign_in(client, rows)
    fields = get_page("/suppliers/new").fields() | {
        "name": "Acme",
        "key": "A1",
        "country": "NO",
        "category": "batteries",
        "criticality": "A",
        "spend": "1 234,50",
        "currency": "nok",
        "production_countries": "Kina, VN",
        "channel": "",
        "size": "",
        "status": "active",
    }
    answer = client.post("/suppliers/new", data=fields)
    number = supplier_id(rows, "A1")
    assert answer.location == f"/suppliers/{number}/contacts/new"
    answer = client.post(answer.location, data={"email": "ann@acme.example", "locale": "nb"})
    assert answer.status_code == 303
    page = get_page(f"/suppliers/{number}")
    assert all(word in page.text for word in ("1,234.50 NOK", "China, Vietnam", "ann@acme.example"))
    assert "Added to the register" in page.text
    assert actions(rows) == ["supplier.added", "contact.added"]


@pytest.mark.parametrize(
    ("locale", "spend", "shown"),
    [("nb", "740 000", "740000"), ("nb", "1234,5", "1234,5"), ("en", "1 234 567.25", "1234567.25")],
)
def test_an_amount_stands_in_the_form_as_the_reader_writes_it(
    rows, client, get_page, *, locale, spend, shown
):
    sign_in(client, rows, locale=locale)
    address = f"/suppliers/{make_supplier(rows, spend=amount(spend), currency='NOK').id}/edit"
    rows.commit()
    assert get_page(address).fields()["spend"] == shown
    assert amount(shown) == amount(spend)


def test_faults_are_told_at_the_field_and_nothing_is_kept(prepared, client):
    sign_in(client, prepared)
    answer = client.post(
        "/suppliers/new",
        data={"name": "", "key": "1001", "country": "NO", "spend": "1,234", "status": "active"}
        | {"category": "uncategorised", "criticality": "", "channel": "", "size": ""},
    )
    page = Page(answer.text)
    page.check()
    assert answer.status_code == 422
    assert "Write the company's name." in page.text
    assert "The spend '1,234' can be read in two ways." in page.text


def test_a_key_in_use_is_refused(prepared, client, get_page):
    number = supplier_id(prepared, "1002")
    sign_in(client, prepared)
    fields = get_page(f"/suppliers/{number}/edit").fields()
    selects = {
        "country": "CN",
        "category": "uncategorised",
        "criticality": "",
        "channel": "",
        "size": "",
    }
    answer = client.post(
        f"/suppliers/{number}/edit", data=fields | selects | {"key": "1001", "status": "active"}
    )
    assert answer.status_code == 422
    assert "Another supplier has this key." in answer.text


def test_an_edit_changes_only_what_was_changed(prepared, client, get_page):
    number = supplier_id(prepared, "1002")
    sign_in(client, prepared)
    fields = get_page(f"/suppliers/{number}/edit").fields()
    posted = fields | {"country": "CN", "category": "uncategorised", "criticality": "B"}
    posted |= {"channel": "", "size": "", "status": "active"}
    assert client.post(f"/suppliers/{number}/edit", data=posted).status_code == 303
    event = prepared.scalars(sa.select(Event)).one()
    assert event.details == {"changes": [{"field": "criticality", "old": "", "new": "B"}]}


def test_an_edit_of_something_changed_meanwhile_is_refused(prepared, client, get_page):
    number = supplier_id(prepared, "1002")
    sign_in(client, prepared)
    fields = get_page(f"/suppliers/{number}/edit").fields()
    posted = fields | {"country": "CN", "category": "uncategorised", "criticality": "B"}
    posted |= {"channel": "", "size": "", "status": "active"}
    prepared.get_one(Supplier, number).updated_at = NOW
    prepared.commit()
    answer = client.post(f"/suppliers/{number}/edit", data=posted)
    assert answer.status_code == 409
    assert "Somebody changed this supplier" in answer.text


def test_contacts_leave_return_and_are_asked_first(prepared, client):
    supplier = prepared.scalars(sa.select(Supplier).where(Supplier.key == "1001")).one()
    first = prepared.scalars(sa.select(Contact)).one()
    second = make_contact(prepared, supplier, email="two@metal.example", primary=False)
    base, ids = f"/suppliers/{supplier.id}/contacts", (first.id, second.id)
    sign_in(client, prepared)

    def primary() -> str | None:
        found = prepared.scalar(sa.select(Contact.email).where(Contact.primary))
        prepared.rollback()
        return found

    assert client.post(f"{base}/{ids[0]}/left").status_code == 303
    assert primary() == "two@metal.example"
    client.post(f"{base}/{ids[0]}/back")
    client.post(f"{base}/{ids[0]}/primary")
    assert primary() == "ann@metal.example"
    assert actions(prepared) == [
        "contact.left",
        "contact.primary",
        "contact.back",
        "contact.primary",
    ]
    assert client.post(f"{base}/{ids[0]}/dance").status_code == 404


def test_a_new_address_has_not_bounced_and_a_taken_one_is_refused(prepared, client):
    supplier = prepared.scalars(sa.select(Supplier).where(Supplier.key == "1001")).one()
    contact = make_contact(prepared, supplier, email="two@metal.example", bounced_at=NOW)
    url = f"/suppliers/{supplier.id}/contacts/{contact.id}/edit"
    sign_in(client, prepared)
    taken = client.post(url, data={"email": "ANN@metal.example", "locale": "en"})
    assert (taken.status_code, "has a contact with this address" in taken.text) == (422, True)
    client.post(url, data={"email": "three@metal.example", "locale": "nb"})
    prepared.expire_all()
    found = prepared.scalars(sa.select(Contact).where(Contact.email == "three@metal.example")).one()
    assert (found.bounced_at, found.locale) == (None, "nb")


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_who_only_reads_or_judges_cannot_change_the_register(prepared, client, get_page, role):
    number = supplier_id(prepared, "1001")
    sign_in(client, prepared, role)
    assert get_page(f"/suppliers/{number}").all("form", method="post")[1:] == []
    assert client.get("/suppliers/new").status_code == 403
    assert client.post(f"/suppliers/{number}/edit", data={}).status_code == 403
    assert client.post("/suppliers/import", data={}).status_code == 403


def test_an_owner_of_an_agreement_is_marked_and_not_rated(prepared, client, get_page):
    sign_in(client, prepared)
    number = supplier_id(prepared, "1001")
    posted = get_page(f"/suppliers/{number}/edit").fields()
    posted |= {"country": "NO", "category": "uncategorised", "status": "active"}
    answer = client.post(f"/suppliers/{number}/edit", data=posted | {"kind": "agreement_owner"})
    page = get_page(answer.location)
    assert "Owner of an agreement" in page.text
    assert "Not rated yet" not in page.text
    assert names(get_page("/suppliers?kind=agreement_owner")) == ["Ann Metal Owner of an agreement"]
    assert client.get(f"/suppliers/{number}/risk").status_code == 404
    assert client.get("/suppliers?kind=landlord").status_code == 400


def test_the_person_responsible_here_is_chosen_and_shown(rows, client, get_page):
    supplier = make_supplier(rows, name="Acme", country="NO")
    other = make_user(rows, "buyer", name="Ann Berg", active=False)
    user = sign_in(client, rows, name="Bo Dahl")
    url = f"/suppliers/{supplier.id}"
    fields = get_page(f"{url}/edit").fields() | {"country": "NO", "status": "active"}
    fields |= {"category": "uncategorised", "kind": "supplier"}
    fields |= dict.fromkeys(("criticality", "channel", "size"), "")
    assert (
        client.post(f"{url}/edit", data=fields | {"responsible_user_id": user.id}).location == url
    )
    text = get_page(url).text
    assert "Responsible here Bo Dahl" in text
    assert "Tasks 0 Bo Dahl" in text  # the header still names who is signed in
    assert "Responsible here: Bo Dahl" in text  # in the timeline
    fields |= {"seen": get_page(f"{url}/edit").fields()["seen"], "responsible_user_id": other.id}
    assert client.post(f"{url}/edit", data=fields).status_code == 422
