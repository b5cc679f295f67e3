"""A new supplier on the buyer's pages: screened, asked, cleared or not."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.buyers.code import shipped_code
from portal.buyers.models import CodeOfConduct
from portal.buyers.queries import own_buyer
from portal.declarations.survey import CODE_OF_CONDUCT
from portal.events.models import Event
from portal.screening import service
from portal.screening.models import Screening
from portal.suppliers.models import Stage, Supplier, SupplierKind
from portal.suppliers.service import Author
from tests.declarations.surveys import make_survey
from tests.library import LIBRARY
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare
from tests.signing_in import sign_in

ANSWERS = {
    "pre_countries": ["NO"],
    "pre_category": ["metals"],
    "pre_norway_work": "yes",
    "pre_vulnerable": ["none"],
    "pre_subcontract": "own",
    "pre_incident": "no",
    "pre_code": "accept",
}


@pytest.fixture
def supplier(client: FlaskClient, rows: Session) -> Supplier:
    supplier = make_supplier(rows, key="K 1,2", name="Lakeside Trading")
    make_contact(rows, supplier)
    make_supplier(rows)
    sign_in(client, rows)
    return supplier


def fresh(rows: Session, supplier: Supplier) -> Supplier:
    rows.rollback()
    rows.refresh(supplier)
    return supplier


def test_the_buyer_screens_then_launches_what_is_proposed(client, rows, supplier, get_page):
    address = f"/suppliers/{supplier.id}"
    get_page(f"{address}/screening")
    assert client.post(f"{address}/screening", data=ANSWERS).status_code == 303
    page = get_page(address)
    assert "Answered by the buyer" in page.text
    assert "Does your offer include any of these? – Metals or minerals" in page.text
    assert fresh(rows, supplier).stage is Stage.SCREENED
    rows.rollback()
    chosen = {"questionnaires": ["norway_pay_conditions", "conflict_minerals_3tg"]}
    began = client.post(f"{address}/screening/launch", data=chosen)
    assert began.location == "/campaigns/new"
    what = get_page("/campaigns/new")
    ticked = [
        e.get("value")
        for e in what.all("input", name="questionnaires")
        if "checked" in e.attributes
    ]
    assert set(ticked) == set(chosen["questionnaires"])
    client.post("/campaigns/new", data={"title": "Questions", **chosen})
    assert "K 1,2" in get_page("/campaigns/new/whom").text
    client.post("/campaigns/new/whom", data={})
    client.post("/campaigns/new/when", data={"deadline": "2099-12-15", "plan": ""})
    assert client.post("/campaigns/new/send", data={"count": "1"}).status_code == 303
    assert fresh(rows, supplier).stage is Stage.ASKED
    actions = rows.scalars(sa.select(Event.action).where(Event.subject_kind == "supplier")).all()
    assert [each for each in actions if "screened" in each or "asked" in each] == [
        "supplier.screened",
        "supplier.asked",
    ]


def test_what_lacks_is_said_and_nothing_kept(client, rows, supplier):
    answer = client.post(
        f"/suppliers/{supplier.id}/screening",
        data=ANSWERS | {"pre_incident": "yes", "pre_norway_work": ""},
    )
    assert answer.status_code == 422
    assert "Please explain this answer in a comment." in answer.text
    assert "Please answer this question." in answer.text
    assert rows.scalar(sa.select(sa.func.count(Screening.id))) == 0


def test_a_decision_needs_a_reason_and_stands_in_register_and_story(
    client, rows, supplier, get_page
):
    address = f"/suppliers/{supplier.id}"
    client.post(f"{address}/screening", data=ANSWERS)
    client.post(f"{address}/clearing", data={"decision": "cleared", "reason": " "})
    assert fresh(rows, supplier).stage is Stage.SCREENED
    rows.rollback()
    client.post(
        f"{address}/clearing", data={"decision": "not_cleared", "reason": "No sites named."}
    )
    assert fresh(rows, supplier).stage is Stage.NOT_CLEARED
    rows.rollback()
    assert "No sites named." in get_page(address).text
    assert "Lakeside Trading" in get_page("/suppliers?stage=not_cleared").text
    assert "Lakeside Trading" not in get_page("/suppliers?stage=cleared").text


def test_clearing_is_refused_until_the_code_in_force_is_accepted(client, rows, supplier):
    address = f"/suppliers/{supplier.id}/clearing"
    own_buyer(rows).clearing_needs_code = True
    rows.commit()
    data = {"decision": "cleared", "reason": "Small firm."}
    page = client.post(address, data=data, follow_redirects=True)
    assert "it has not accepted the Code of Conduct" in page.text
    assert fresh(rows, supplier).stage is None


def author() -> Author:
    return Author(THEN, "ada@fjordlab.example")


def test_only_the_version_in_force_clears(session: Session) -> None:
    contact = make_contact(session)
    own_buyer(session).clearing_needs_code = True
    invitation = make_survey(session, ["supplier_code_of_conduct"], contact=contact)
    asked = LIBRARY["supplier_code_of_conduct"].questions()
    name = next(each.id for each in asked if each.shows == CODE_OF_CONDUCT)
    declare(session, invitation, {name: "accept"}, code=shipped_code("en"))
    supplier, today = contact.supplier, date(2026, 11, 21)
    service.clear(session, supplier, "It accepts the code.", author(), today)
    assert supplier.stage is Stage.CLEARED
    session.add(
        CodeOfConduct(
            version="2027",
            locale="en",
            applies_from=today,
            filename="code.txt",
            media_type="text/plain",
            text="Be fairer.",
            sha256="0" * 64,
            uploaded_at=THEN,
        )
    )
    session.flush()
    with pytest.raises(service.CodeNotAccepted) as refused:
        service.clear(session, supplier, "Still fine.", author(), today)
    assert refused.value.wanted == "2027"
    assert refused.value.accepted


def test_a_supplier_that_answers_the_short_check_itself_is_screened(session: Session) -> None:
    contact = make_contact(session)
    invitation = make_survey(session, ["prescreen"], contact=contact)
    declaration = declare(session, invitation, ANSWERS)
    service.after_submission(session, declaration, THEN)
    assert contact.supplier.stage is Stage.SCREENED
    found = service.latest_screening(session, contact.supplier)
    assert found is not None
    assert not found.by_buyer
    assert found.answers["pre_category"] == ["metals"]


def test_an_owner_of_an_agreement_is_not_screened(client, rows, supplier):
    address = f"/suppliers/{supplier.id}"
    supplier.kind = SupplierKind.AGREEMENT_OWNER
    rows.commit()
    assert client.get(f"{address}/screening").status_code == 404
    for way in ("screening", "screening/launch", "clearing"):
        assert client.post(f"{address}/{way}", data={"decision": "cleared"}).status_code == 404
    assert fresh(rows, supplier).stage is None
