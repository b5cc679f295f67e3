"""The register of visits: planning one, saying what came of it, its files, and the years between."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa

from portal.followup.visit_models import Visit, VisitFile
from portal.suppliers.models import Criticality, Supplier
from tests.makers import make_supplier
from tests.signing_in import sign_in

PLANNED = {"kind": "audit", "planned_from": "2030-01-07", "planned_to": "2030-01-31", "result": ""}


@pytest.fixture
def supplier(rows, client) -> Supplier:
    """A critical supplier, with somebody signed in."""
    found = make_supplier(rows, name="<b>Acme</b>", criticality=Criticality.A)
    sign_in(client, rows)
    return found


def planned(rows, client, supplier) -> str:
    """Plan an audit and return the address of its page."""
    answer = client.post(f"/suppliers/{supplier.id}/visits/new", data=PLANNED)
    assert answer.status_code == 303
    return answer.location


def test_without_a_supplier_to_visit_the_page_says_why(client, rows, get_page):
    sign_in(client, rows)
    assert "No supplier needs a visit by this rule." in get_page("/visits").text


def test_an_audit_is_planned_done_and_counted(client, rows, get_page, supplier):
    assert get_page("/visits?show=due").text.count("<b>Acme</b>") == 1
    url = planned(rows, client, supplier)
    assert "Audit" in get_page("/visits?show=planned").text
    get_page(url)
    done = PLANNED | {"done_on": "2026-03-01", "result": "serious", "text": "<i>No contracts</i>"}
    assert client.post(url, data=done).status_code == 303
    page = get_page(f"/suppliers/{supplier.id}")
    assert "Serious deviations" in page.text
    assert "Visit changed in the register" in page.text
    assert ": Serious deviations" in get_page("/visits").text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "visit"}, "Write the day it is planned for, or the day it was done."),
        ({"kind": "visit", "done_on": "2026-03-01"}, "Choose the result."),
        ({"kind": "visit", "done_on": "yesterday"}, "Not a valid date value."),
        ({"kind": "holiday"}, "Not a valid choice."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, rows, supplier, data, sentence):
    answer = client.post(f"/suppliers/{supplier.id}/visits/new", data={"result": ""} | data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert rows.scalar(sa.select(sa.func.count(Visit.id))) == 0


def test_a_file_is_kept_and_handed_out(client, rows, get_page, supplier):
    url = planned(rows, client, supplier)
    report = {"file": (BytesIO(b"%PDF-1.7 report"), "report.pdf")}
    assert client.post(f"{url}/files", data=report).status_code == 303
    assert "report.pdf" in get_page(url).text
    number = rows.scalar(sa.select(VisitFile.id))
    rows.rollback()
    answer = client.get(f"{url}/files/{number}")
    assert answer.data == b"%PDF-1.7 report"
    assert answer.headers["Content-Disposition"] == "attachment; filename=report.pdf"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ((BytesIO(b"MZ"), "report.pdf"), "is of a kind we cannot take"),
        ((BytesIO(b""), ""), "Choose a file."),
    ],
)
def test_a_file_that_is_none_is_refused(client, rows, supplier, file, sentence):
    url = planned(rows, client, supplier)
    answer = client.post(f"{url}/files", data={"file": file})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_an_admin_sets_the_years(client, rows, get_page):
    sign_in(client, rows, "admin")
    assert client.post("/settings/visits", data={"critical": "1", "high": "0"}).status_code == 422
    assert client.post("/settings/visits", data={"critical": "1", "high": "2"}).status_code == 303
    assert (
        "Years between two visits: 1 for criticality A or very high risk, 2 for high risk."
        in get_page("/visits").text
    )
    values = [e.get("value") for e in get_page("/settings/visits").all("input", class_="width-5")]
    assert values == ["1", "2"]


def test_a_standing_there_is_not_is_refused(client, supplier):
    assert client.get("/visits?show=lost").status_code == 400


def test_a_finding_of_a_visit_is_entered_with_what_is_known_of_it(rows, client, get_page, supplier):
    url = planned(rows, client, supplier)
    done = PLANNED | {"done_on": "2026-03-01", "result": "serious", "text": "No contracts"}
    client.post(url, data=done)
    (link,) = [each for each in get_page(url).links() if "/reports/new" in each]
    values = {e.get("name"): e.get("value") for e in get_page(link).all("input")}
    assert values["source"] == "Seen by ourselves: Audit, 1 Mar 2026"
    assert values["reported_on"] == "2026-03-01"
    assert values["link"].endswith(url)


@pytest.mark.parametrize(("visit", "status"), [("x", 400), ("999", 404), ("9" * 30, 404)])
def test_a_finding_of_no_visit_is_not_entered(rows, client, supplier, visit, status):
    answer = client.get(f"/suppliers/{supplier.id}/reports/new?visit={visit}")
    assert answer.status_code == status
