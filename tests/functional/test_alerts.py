"""The settings page where an admin names who is told at once."""

from __future__ import annotations

import pytest

from portal.followup import duties
from portal.followup.alert_models import Duty
from tests.signing_in import make_user, sign_in


@pytest.fixture
def people(rows, client):
    """Two users, with an admin signed in."""
    one, two = make_user(rows, "buyer", name="Ann"), make_user(rows, "reviewer")
    sign_in(client, rows, "admin")
    return one, two


def test_an_admin_names_who_is_told(client, rows, get_page, people):
    one, two = people
    data = {"critical": [one.id, two.id], "silence": [two.id]}
    assert client.post("/settings/alerts", data=data).status_code == 303
    rows.expire_all()
    assert duties.named(rows, Duty.CRITICAL) == [one, two]
    assert duties.named(rows, Duty.SILENCE) == [two]
    page = get_page("/settings/alerts")
    ticked = [each.get("value") for each in page.all("input") if "checked" in each.attributes]
    assert ticked == [str(one.id), str(two.id), str(two.id)]
    assert f"Ann, {one.email}" in page.text


def test_a_user_there_is_not_is_refused(client, rows, people):
    assert client.post("/settings/alerts", data={"critical": ["99"]}).status_code == 422


def test_only_an_admin_may(client, rows):
    sign_in(client, rows, "buyer")
    assert client.get("/settings/alerts").status_code == 403
