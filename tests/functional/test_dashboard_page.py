"""The first page in the browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.campaigns.models import InvitationState
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_campaign, make_invitation
from tests.reports.declaring import declare, make_finding
from tests.signing_in import sign_in

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
