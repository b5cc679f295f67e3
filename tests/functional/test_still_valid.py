"""Whoever has valid answers is not asked again: launch, campaign, supplier, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.app import cli
from portal.buyers.models import Buyer
from portal.campaigns.models import Campaign, Invitation, NotAsked
from portal.events.models import Event
from tests.declarations.surveys import make_survey
from tests.functional.test_campaign_pages import choose
from tests.html import Page
from tests.mail.launched import NOW
from tests.makers import make_contact, make_supplier
from tests.reports.declaring import declare
from tests.signing_in import sign_in, signed_in_client

GetPage = Callable[..., Page]
ASKS = {"title": "Again", "questionnaires": ["labour_rights"]}
SOON = {"deadline": "2026-12-15"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The pages look at the clock: it stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fjell(rows: Session) -> int:
    """A supplier that signed in May, beside one that never did; the latter can be asked too."""
    fjell = make_supplier(rows, name="Fjell Mekaniske", key="F-1")
    invitation = make_survey(rows, ["labour_rights"], contact=make_contact(rows, fjell))
    declare(rows, invitation, {}, now=datetime(2026, 5, 4, 9, tzinfo=NOW.tzinfo))
    make_contact(rows)
    rows.commit()
    return fjell.id


def test_a_launch_leaves_out_whose_answers_hold_and_the_campaign_names_them(
    rows: Session, client: FlaskClient, get_page: GetPage, fjell: int
) -> None:
    signed_in_client(rows, client)
    choose(client, what=ASKS, when=SOON)
    page = get_page("/campaigns/new/check")
    assert "Fjell Mekaniske: valid until Tuesday, 4 May 2027" in page.text
    assert "Send 1 invitation" in page.text

    answer = client.post("/campaigns/new/send", data={"count": "1"})

    page = get_page(answer.location)
    assert "Still valid, not asked again" in page.text
    assert "Fjell Mekaniske" in page.text
    kept = rows.scalars(sa.select(NotAsked)).all()
    assert [(one.supplier_id, str(one.valid_until)) for one in kept] == [(fjell, "2027-05-04")]


def test_a_person_may_ask_all_the_same(
    rows: Session, client: FlaskClient, get_page: GetPage, fjell: int
) -> None:
    signed_in_client(rows, client)
    choose(client, what=ASKS, when=SOON)
    assert "Send 2 invitations" in get_page("/campaigns/new/check?valid=ask").text
    client.post("/campaigns/new/send", data={"count": "2", "valid": "ask"})
    newest = rows.scalar(sa.select(sa.func.max(Campaign.id)))
    asked = rows.scalars(sa.select(Invitation.supplier_id).where(Invitation.campaign_id == newest))
    assert fjell in set(asked)
    assert rows.scalars(sa.select(NotAsked)).all() == []


def test_answers_that_run_out_before_the_deadline_are_asked_for(
    rows: Session, client: FlaskClient, get_page: GetPage, fjell: int
) -> None:
    signed_in_client(rows, client)
    choose(client, what=ASKS, when={"deadline": "2027-05-05"})
    page = get_page("/campaigns/new/check")
    assert "Send 2 invitations" in page.text
    assert "still valid" not in page.text


def test_the_command_leaves_out_only_when_told(rows: Session, app: Flask, fjell: int) -> None:
    buyer = rows.get_one(Buyer, rows.info["buyer"]).name
    rows.rollback()
    words = ["campaigns", "launch", "--buyer", buyer, "--title", "T", "--dry-run"]
    words += ["--questionnaire", "labour_rights", "--deadline", "2026-12-15"]
    everybody = app.test_cli_runner().invoke(cli, words)
    assert "would ask 2" in everybody.output
    some = app.test_cli_runner().invoke(cli, [*words, "--leave-out-valid"])
    assert "would ask 1" in some.output
    assert "still valid: F-1 Fjell Mekaniske until 2027-05-04" in some.output


def test_the_suppliers_page_says_until_when(
    get_page: GetPage, rows: Session, client: FlaskClient, fjell: int
) -> None:
    signed_in_client(rows, client)
    page = get_page(f"/suppliers/{fjell}")
    assert "Until when the answers are valid" in page.text
    assert "4 May 2027" in page.text


def test_an_admin_chooses_how_long_answers_hold(
    rows: Session, client: FlaskClient, get_page: GetPage, fjell: int
) -> None:
    sign_in(client, rows, "admin")
    page = get_page("/settings/validity/labour_rights")
    form = page.fields() | {"months": "6", "reason": "Our policy of 2026"}
    assert client.post("/settings/validity/labour_rights", data=form).status_code == 303
    page = get_page("/settings/validity")
    assert "6 months" in page.text
    assert "Our policy of 2026" in page.text
    assert "4 Nov 2026" in get_page(f"/suppliers/{fjell}").text
    assert rows.scalars(sa.select(Event).where(Event.action == "answer_validity.changed")).all()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"months": "0", "reason": "So"}, "from 1 to 120"),
        ({"months": "9", "reason": ""}, "A change needs a reason."),
        ({"months": "", "reason": "So"}, "That is what holds already."),
    ],
)
def test_a_validity_that_cannot_be_kept_is_refused(
    rows: Session, client: FlaskClient, values: dict[str, str], sentence: str
) -> None:
    sign_in(client, rows, "admin")
    answer = client.post("/settings/validity/labour_rights", data=values)
    assert answer.status_code == 422
    page = Page(answer.text)
    page.check()
    assert sentence in page.text


def test_the_list_of_who_is_due_begins_a_campaign_for_exactly_them(
    rows: Session, client: FlaskClient, get_page: GetPage, fjell: int
) -> None:
    later = make_supplier(rows, name="Later", key="L-1")
    invitation = make_survey(rows, ["labour_rights"], contact=make_contact(rows, later))
    declare(rows, invitation, {}, now=NOW)
    soon = make_supplier(rows, name="Soon", key="S 1")
    invitation = make_survey(rows, ["labour_rights"], contact=make_contact(rows, soon))
    declare(rows, invitation, {}, now=datetime(2025, 12, 5, 9, tzinfo=NOW.tzinfo))
    signed_in_client(rows, client)
    address = "/due?questionnaire=labour_rights&horizon=30"
    page = get_page(address)
    assert "Due within 30 days" in page.text
    assert "Fjell" not in page.text

    form = {"questionnaire": "labour_rights", "horizon": "30"}
    assert client.post("/due/ask", data=form).location == "/campaigns/new"
    choose(client, what=ASKS, when={"deadline": "2026-12-10"})
    page = get_page("/campaigns/new/check")
    assert "key=S%201" in page.text
    assert "Send 1 invitation" in page.text


def test_the_list_of_who_is_due_is_empty_at_first(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    signed_in_client(rows, client)
    assert "Nobody has signed anything yet." in get_page("/due").text
    form = {"questionnaire": "labour_rights", "horizon": "30"}
    assert client.post("/due/ask", data=form).status_code == 303
    assert client.post("/due/ask", data={}).status_code == 400
    assert client.get("/due?horizon=31").status_code == 400


def test_the_validity_can_be_downloaded(rows: Session, client: FlaskClient, fjell: int) -> None:
    signed_in_client(rows, client)
    text = client.get("/reports/validity?format=data").text
    assert "Fjell Mekaniske,F-1,NO,,labour_rights" in text
    assert "2026-05-04,2027-05-04,164" in text
