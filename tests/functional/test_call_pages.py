"""The list of suppliers to call, and recording what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.campaigns.models import Invitation, InvitationState
from portal.followup.call_models import Call
from tests.makers import THEN, make_campaign, make_contact, make_invitation, make_supplier
from tests.signing_in import sign_in

SOON = (datetime.now(UTC) + timedelta(days=7)).date()


@pytest.fixture
def invitation(rows, client) -> Invitation:
    """A supplier that let the last reminder pass, with somebody signed in."""
    contact = make_contact(
        rows, make_supplier(rows, name="=Acme", key="7"), name="Ann", phone="+47 22 00 00 00"
    )
    campaign = make_campaign(rows, deadline=date(2026, 10, 1), reminder_plan=[-7, 3])
    found = make_invitation(
        rows, contact=contact, campaign=campaign, state=InvitationState.SENT, sent_at=THEN
    )
    rows.expire_on_commit = False
    sign_in(client, rows)
    return found


def test_without_silent_suppliers_the_list_says_what_comes_here(client, rows, get_page):
    sign_in(client, rows)
    assert "There is nobody to call." in get_page("/calls").text


def test_a_call_is_recorded_from_the_list(client, rows, get_page, invitation):
    page = get_page("/calls")
    assert "+47 22 00 00 00" in page.text
    url = f"/invitations/{invitation.public_id}/call"
    assert url in page.links()
    get_page(url)
    data = {
        "contact": str(invitation.contact_id),
        "outcome": "promised",
        "promised_on": SOON.isoformat(),
        "note": "<b>On Friday</b>",
    }
    assert client.post(url, data=data).status_code == 303
    [call] = rows.scalars(sa.select(Call))
    rows.rollback()
    assert (call.contact_id, call.promised_on) == (invitation.contact_id, SOON)
    for place in ("/calls", f"/invitations/{invitation.public_id}", url):
        assert "Promised an answer" in get_page(place).text
    timeline = get_page(f"/suppliers/{invitation.supplier_id}")
    assert "Called: Promised an answer" in timeline.text
    assert "<b>On Friday</b>" in timeline.text  # as it was written, not as markup


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose what came of the call."),
        ({"outcome": "promised"}, "Write the day by which the answer is promised."),
        ({"outcome": "reached", "next_on": "2020-01-01"}, "This day is past."),
        ({"outcome": "promised", "promised_on": "9999-12-31"}, "more than a hundred years away"),
        ({"outcome": "reached", "next_step": "Write"}, "Write the day of the next step."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, invitation, data, sentence):
    answer = client.post(f"/invitations/{invitation.public_id}/call", data=data | {"contact": ""})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_list_as_a_file(client, invitation):
    text = client.get("/calls.csv").data.decode("utf-8-sig")
    header, row, manifest = text.splitlines()
    assert header.startswith("supplier_key;supplier_name;criticality;campaign;contact_name")
    assert row.startswith("7;'=Acme;;Yearly declaration;Ann;'+47 22 00 00 00;")
    assert manifest.startswith("#manifest;rows=1;")


def test_a_page_that_is_none_is_refused(client, invitation):
    assert client.get("/calls?page=x").status_code == 400
