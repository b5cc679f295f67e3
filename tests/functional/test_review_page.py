"""Reviewing a declaration on its page: who may, what it shows after, and where else it is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.declarations.models import Attachment
from portal.ratings import service
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare
from tests.reports.reading import read
from tests.signing_in import sign_in

REFUSED = "needs a reason"


@pytest.fixture
def declaration(rows):
    contact = make_contact(rows, make_supplier(rows, name="Bolt Works"))
    earlier = make_survey(rows, ["labour_rights"], contact=contact)
    before = {"lab_rest_day": "no", "lab_leave": "yes"}
    declare(rows, earlier, before, now=THEN - timedelta(days=365))
    invitation = make_survey(rows, ["labour_rights"], contact=contact)
    made = declare(rows, invitation, {"lab_rest_day": "yes", "lab_leave": "yes"})
    service.after_submission(rows, made, THEN)
    rows.commit()
    return made


def test_an_answer_stands_beside_that_of_the_time_before(rows, client, get_page, declaration):
    address = f"/declarations/{declaration.public_id}"
    sign_in(client, rows, "auditor")
    page = get_page(address)
    assert page.text.count("Last time (") == 2
    assert page.text.count("Differs") == 1
    # An auditor reads: there is no form to judge with.
    assert not [each for each in page.all("form") if "/declarations/" in (each.get("action") or "")]
    answer = client.post(f"{address}/decision", data={"outcome": "approved", "reason": "Fine"})
    assert answer.status_code == 403


def test_a_reviewer_judges_an_answer(rows, client, get_page, declaration):
    address = f"/declarations/{declaration.public_id}"
    sign_in(client, rows, "reviewer")
    judged = {"question": "lab_rest_day", "verdict": "finding", "reason": "Seven-day rotas"}
    client.post(f"{address}/judgement", data=judged)
    assert "A finding needs a severity." in get_page(address).text
    client.post(f"{address}/judgement", data=judged | {"severity": "high"})
    assert "Seven-day rotas" in get_page(address).text
    assert "Seven-day rotas" in get_page("/findings").text
    unknown = client.post(f"{address}/judgement", data=judged | {"verdict": "shrug"})
    assert unknown.status_code == 400


def test_a_decision_is_seen_wherever_the_declaration_is(rows, client, get_page, declaration):
    address, supplier = f"/declarations/{declaration.public_id}", declaration.supplier_id
    sign_in(client, rows, "reviewer")
    decided = {"outcome": "approved_with_conditions", "reason": "New rotas by May"}
    refused = client.post(f"{address}/decision", data=decided | {"reason": " "})
    assert refused.status_code == 303
    client.post(f"{address}/decision", data=decided)
    page = get_page(address)
    assert REFUSED in page.text
    assert "New rotas by May" in page.text
    assert "(reviewer)" in page.text
    for other in (f"/suppliers/{supplier}", "/suppliers"):
        assert "Approved with conditions" in get_page(other).text
    assert "Decided: Approved with conditions" in get_page(f"/suppliers/{supplier}").text
    campaign = declaration.invitation.campaign_id
    rows.rollback()
    narrowed = f"/campaigns/{campaign}?state=approved_with_conditions"
    assert "Showing 1–1 of 1" in get_page(narrowed).text
    assert "No invitation fits." in get_page(f"/campaigns/{campaign}?state=to_review").text
    row = read(rows, "declarations")[-1]
    assert (row["decision"], row["decided_role"]) == ("approved_with_conditions", "reviewer")
    assert "decided_by" not in row
    assert read(rows, "invitations")[-1]["decision"] == "approved_with_conditions"


def test_a_reviewer_says_what_a_file_shows_and_until_when(rows, client, get_page):
    invitation = make_survey(rows, ["labour_rights"])
    file = Attachment(
        invitation_id=invitation.id,
        question_id="lab_rest_day",
        name="rotas.pdf",
        media_type="application/pdf",
        size=1,
        sha256="b" * 64,
        storage_key="rotas",
        uploaded_at=THEN,
    )
    rows.add(file)
    rows.flush()
    made = declare(rows, invitation, {"lab_rest_day": "yes"}, files=(file,))
    address, number = f"/declarations/{made.public_id}", file.id
    sign_in(client, rows, "reviewer")
    seen = {"shown": "shows", "holds_until": "2027-05-31", "reason": "Rotas of a year"}
    client.post(f"{address}/files/{number}/reading", data=seen)
    page = get_page(address)
    assert "Rotas of a year" in page.text
    assert "Holds until 31 May 2027." in page.text
    no_day = client.post(f"{address}/files/{number}/reading", data=seen | {"holds_until": "soon"})
    assert no_day.status_code == 400
