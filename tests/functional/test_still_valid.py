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
from tests.declarations.surveys import make_survey
from tests.functional.test_campaign_pages import choose
from tests.html import Page
from tests.mail.launched import NOW
from tests.makers import make_contact, make_supplier
from tests.reports.declaring import declare
from tests.signing_in import signed_in_client

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
