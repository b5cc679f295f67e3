"""The year by page: a campaign used again, who answered, two years side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, FrozenQuestionnaire
from tests.html import Page
from tests.mail.launched import NOW, launched
from tests.makers import make_campaign, make_contact
from tests.signing_in import signed_in_client
from tests.year.test_responses import round_of_seven
from tests.year.test_two_years import two_rounds

GetPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The pages look at the clock: it stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_campaign_is_used_again_a_year_on(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows)
    launched(rows, title="Yearly declaration 2026", plan=(-9, 4))
    rows.execute(
        sa.update(FrozenQuestionnaire)
        .where(FrozenQuestionnaire.questionnaire_id == "labour_rights")
        .values(version="0.9.0")
    )
    campaign_id = rows.scalar(sa.select(Campaign.id))
    signed_in_client(rows, client)
    assert "Ask the same again" in get_page(f"/campaigns/{campaign_id}").text

    assert client.post(f"/campaigns/{campaign_id}/again").location == "/campaigns/new"

    page = get_page("/campaigns/new")
    assert page.fields()["title"] == "Yearly declaration 2027"
    assert "instead of 0.9.0" in page.text
    assert "Wednesday, 15 December 2027" in page.text
    assert get_page("/campaigns/new/when").fields()["plan"] == "-9, 4"
    assert "Send 1 invitation" in get_page("/campaigns/new/check").text
    assert rows.scalar(sa.select(sa.func.count(Campaign.id))) == 1


def test_the_report_on_answers_has_a_sentence_in_two_languages(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    campaign_id = round_of_seven(rows).id
    signed_in_client(rows, client)
    page = get_page(f"/campaigns/{campaign_id}/responses")
    assert "Of 7 suppliers asked, 2 answered." in page.text
    assert "2 did not answer despite 2 reminders each. 1 of these 2 was also called." in page.text
    assert "Av 7 spurte leverandører svarte 2." in page.text
    assert "2 svarte ikke, til tross for 2 påminnelser hver." in page.text
    narrowed = get_page(f"/campaigns/{campaign_id}/responses?outcome=late")
    assert "In time" not in narrowed.text
    assert client.get(f"/campaigns/{campaign_id}/responses?outcome=lost").status_code == 400


def test_the_report_of_a_campaign_that_asks_nobody_is_empty(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    campaign_id = make_campaign(rows).id
    signed_in_client(rows, client)
    assert "Nobody is on this list." in get_page(f"/campaigns/{campaign_id}/responses").text


def test_two_years_stand_side_by_side(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    two_rounds(rows)
    signed_in_client(rows, client)
    page = get_page("/reports/years")
    assert "2025, asked in both years" in page.text
    assert "Answered, of those asked 1 of 21 of 11 of 11 of 1" in page.text
    assert "Mean residual risk 80.0 over 1 rated40.0 over 1 rated" in page.text
    days = get_page("/reports/years?first_day=2025-12-31&second_day=2026-12-31")
    assert "Year up to Thursday, 31 December 2026" in days.text


def test_two_years_need_two_campaigns_or_two_days(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    signed_in_client(rows, client)
    assert "no two campaigns to compare yet" in get_page("/reports/years").text
    address = "/reports/years?first_day=2026-12-31&second_day=2025-12-31"
    assert "the earlier one first" in get_page(address, status=422).text
    assert client.get("/reports/years?first=x&second=1").status_code == 400
    assert client.get("/reports/years?first=901&second=902").status_code == 404
