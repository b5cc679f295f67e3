"""A supplier's risk in full: causes, topics, what if, red flags and scores set by people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.ratings import service
from portal.ratings.models import RedFlag
from portal.suppliers.models import Supplier
from tests.declarations.surveys import make_survey
from tests.html import Page
from tests.makers import make_contact, make_supplier
from tests.ratings.declaring import declare
from tests.reports.reading import read
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def address(rows: Session) -> str:
    made = make_supplier(rows, country="CN", category="ict_equipment")
    service.recompute(rows, [made.id], NOW - timedelta(days=20))
    invitation = make_survey(rows, ["labour_rights"], contact=make_contact(rows, made))
    declaration = declare(rows, invitation, {"lab_child_found": "no"}, NOW - timedelta(days=1))
    service.after_submission(rows, declaration, NOW - timedelta(days=1))
    address = f"/suppliers/{made.id}/risk"
    rows.commit()
    return address


def actions(page: Page, ending: str) -> list[str]:
    """Return where the page's forms lead, of those that end so."""
    found = [form.get("action") for form in page.all("form")]
    return [action for action in found if action.endswith(ending)]


def test_the_page_tells_causes_topics_and_what_would_lower_it(
    client: FlaskClient, rows: Session, address: str, get_page: Callable[..., Page]
) -> None:
    sign_in(client, rows, "buyer")
    page = get_page(address)
    for words in ("State: not asked → answered", "What would lower it most", "Child labour"):
        assert words in page.text
    for words in ("Rule of law", "edition", "figures of", "Not loaded: Freedom House"):
        assert words in page.text
    what_if = get_page(f"{address}?question=lab_min_age&value=evidenced")
    assert "The residual risk would be" in what_if.text


def test_a_flag_set_and_cleared_by_hand_moves_the_rating(
    client: FlaskClient, rows: Session, address: str, get_page: Callable[..., Page]
) -> None:
    sign_in(client, rows, "buyer")
    flag = {"code": "sanction_or_conviction", "source": "Court, 4 May", "reason": "Fined"}
    client.post(f"{address}/flags", data=flag)
    page = get_page(address)
    assert "Red flag set: Sanction or conviction." in page.text
    [clear] = actions(page, "/clear")
    assert "needs a reason" in client.post(clear, data={}, follow_redirects=True).text
    client.post(clear, data={"reason": "Appeal won"})
    assert "Red flag cleared" in get_page(address).text


def test_a_flag_that_an_answer_set_names_the_question(
    client: FlaskClient, rows: Session, address: str, get_page: Callable[..., Page]
) -> None:
    supplier_id = int(address.split("/")[2])
    rows.get_one(Supplier, supplier_id).country = "NO"
    rows.add(
        RedFlag(
            supplier_id=supplier_id,
            code="severe_abuse_unremedied",
            source_kind="answer",
            source="lab_child_found",
            set_at=NOW,
        )
    )
    service.recompute(rows, [supplier_id], NOW)
    rows.commit()
    sign_in(client, rows, "buyer")
    page = get_page(address)
    assert "lab_child_found" not in page.text
    assert "source: the answer to “During the last 24 months" in page.text
    assert "As long as a red flag stands, no single answer lowers the score." in page.text


def test_a_lower_score_waits_for_somebody_else(
    client: FlaskClient, rows: Session, address: str, get_page: Callable[..., Page]
) -> None:
    sign_in(client, rows, "buyer")
    lower = {"score": "5,5", "reason": "Visited", "ends_on": "2099-01-31"}
    client.post(f"{address}/override", data=lower)
    page = get_page(address)
    assert "Waits for a second person" in page.text
    assert not actions(page, "/confirm")
    assert "Set by hand" not in get_page("/suppliers").text
    sign_in(client, rows, "admin")
    [confirm] = actions(get_page(address), "/confirm")
    client.post(confirm)
    assert "Confirmed" in get_page(address).text
    assert re.search(r"Computed \d+\.\d\.\s+Set by hand: 5\.5", get_page("/suppliers").text)
    for subject, computed in (("ratings", "residual"), ("declarations", "computed")):
        row = read(rows, subject)[-1]
        assert float(row[computed]) > 5.5
        assert (row["overridden"], row["overridden_reason"]) == ("5.5", "Visited")
        assert row["overridden_until"] == "2099-01-31"
        assert "overridden_by" not in row
