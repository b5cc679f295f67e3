"""The first page in the browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from portal.campaigns.models import InvitationState
from portal.followup.correspondence import write
from portal.suppliers.models import Criticality
from tests.conftest import NOW
from tests.declarations.surveys import make_survey
from tests.followup.asking import asked
from tests.makers import THEN, make_campaign, make_invitation, make_supplier
from tests.reports.declaring import declare, make_finding
from tests.signing_in import sign_in


@pytest.fixture(autouse=True)
def today():
    """The page looks at the clock: it stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.fixture
def campaign(rows):
    """Three asked: one signed with a red flag, one unreachable, one silent; the deadline passed."""
    signed = make_survey(
        rows, campaign=make_campaign(rows, title=HOSTILE, deadline=(THEN - timedelta(30)).date())
    )
    declaration = declare(rows, signed, {"coc_acceptance": "decline"})
    make_finding(rows, declaration, question_id="coc_acceptance")
    campaign = signed.campaign
    make_invitation(rows, campaign=campaign, state=InvitationState.BOUNCED, bounced_at=THEN)
    make_invitation(rows, campaign=campaign, state=InvitationState.SENT, sent_at=THEN)
    return campaign


def figures(page) -> list[str]:
    return [" ".join(e.text.split()) for e in page.elements if "figure" in e.get("class").split()]


def test_the_dashboard_answers_how_many_of_how_many(rows, client, get_page, campaign):
    sign_in(client, rows)
    page = get_page("/")
    assert figures(page)[:3] == [
        "Have answered 1 of 3",
        "Are overdue 2 of 3",
        "Open red flags 1",
    ]


def test_every_figure_leads_to_its_list(rows, client, get_page, campaign):
    number = campaign.id
    sign_in(client, rows)
    links = get_page("/").links()
    assert f"/campaigns/{number}?state=submitted" in links
    assert f"/campaigns/{number}?state=overdue" in links
    assert "/findings?red_flag=yes&status=open" in links


def test_what_is_to_do_today_is_listed_and_counted(rows, client, get_page, campaign):
    sign_in(client, rows)
    page = get_page("/")
    (listed,) = page.all("ul", class_="tasks")
    assert "1 address cannot be reached" in listed.text
    assert "1 supplier has not answered after the last reminder" in listed.text
    assert "1 red flag is open" in listed.text
    assert page.one("span", class_="count").text == "3"


def test_a_portal_without_campaigns_says_what_to_do_next(rows, client, get_page):
    sign_in(client, rows)
    assert "Nobody has been asked yet" in get_page("/").text


def test_a_page_of_an_error_does_not_count_tasks(rows, client, get_page):
    sign_in(client, rows)
    assert get_page("/suppliers/999", status=404)


def test_the_figures_of_findings_are_as_long_as_their_lists(rows, client, get_page, campaign):
    sign_in(client, rows)
    page = get_page("/findings?red_flag=yes&status=open")
    assert "Showing 1–1 of 1" in page.text


def rows_listed(page) -> int:
    """How many rows the list on a page says it has."""
    found = re.search(r"Showing \d+–\d+ of (\d+)", page.text)
    return int(found.group(1)) if found else 0


def test_every_number_leads_to_a_list_of_that_length(rows, client, get_page, campaign):
    number = campaign.id
    sign_in(client, rows)
    dashboard, campaign_page = get_page("/"), get_page(f"/campaigns/{number}")
    checked = 0
    for page in (dashboard, campaign_page):
        for link in page.all("a"):
            shown = [e for e in page.elements if link in e.parents and "value" in e.get("class")]
            count = (shown[0].text if shown else link.text).strip()
            if count.isdigit() and "?" in link.get("href"):
                assert rows_listed(get_page(link.get("href"))) == int(count), link.get("href")
                checked += 1
    assert checked > 20


def test_the_campaign_shows_how_the_answers_came_in(rows, client, get_page, campaign):
    number = campaign.id
    sign_in(client, rows)
    page = get_page(f"/campaigns/{number}")
    (picture,) = page.all("svg", class_="chart")
    assert "1 of 3 so far" in picture.get("aria-label")
    assert len(page.all("caption")) >= 3


def test_a_campaign_without_answers_has_no_picture(rows, client, get_page):
    invitation = make_invitation(rows)
    number = invitation.campaign_id
    sign_in(client, rows)
    page = get_page(f"/campaigns/{number}")
    assert not page.all("svg", class_="chart")
    assert "No answer has come in yet." in page.text


def test_calls_visits_and_answered_clarifications_are_tasks(rows, client, get_page, campaign):
    clarification = asked(rows, NOW)
    write(rows, clarification.correspondence, text="Yes.", author="", by_supplier=True, now=NOW)
    long_ago = NOW.replace(year=2020)
    make_supplier(rows, criticality=Criticality.A, created_at=long_ago)
    soon = NOW.replace(year=2023, month=12, day=1)
    make_supplier(rows, criticality=Criticality.A, created_at=soon)
    sign_in(client, rows)
    (listed,) = get_page("/").all("ul", class_="tasks")
    assert "1 clarification was answered: read it" in listed.text
    assert "1 visit is overdue: plan it anew" in listed.text
    assert "1 visit is due within 30 days: plan it" in listed.text
    found = {"/calls", "/clarifications?state=answered", "/visits?show=overdue", "/visits?show=due"}
    assert found <= set(get_page("/").links())
