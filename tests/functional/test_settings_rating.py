"""The rating model's settings: the effect is shown, then put in force, then everybody is rated again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import jobs
from portal.ratings import service
from tests.html import Page
from tests.makers import make_supplier
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHANGE = "/settings/rating/change"


@pytest.fixture
def admin(client: FlaskClient, rows: Session) -> FlaskClient:
    make_supplier(rows, name="Fjordpapir AS", country="CN", category="software")
    service.recompute(rows, None, NOW)
    rows.commit()
    sign_in(client, rows, "admin")
    return client


def filled(page: Page, **values: str) -> dict[str, str]:
    return page.fields() | values


def test_the_effect_is_shown_before_it_is_in_force(
    app: Flask, admin: FlaskClient, get_page: Callable[..., Page]
) -> None:
    form = filled(get_page(CHANGE), dominance="0.95", reason="Where it is made matters more")
    shown = Page(admin.post(CHANGE, data=form).text)
    shown.check()
    assert "One supplier would be rated otherwise" in shown.text
    assert "Fjordpapir AS" in shown.text
    assert "The model is used as shipped." in get_page("/settings/rating").text

    admin.post(CHANGE, data=form | {"confirm": "yes"})

    with app.app_context():
        assert jobs.rate_as_asked() == 1
    page = get_page("/settings/rating")
    assert "In force: version 2" in page.text
    assert "0.75 → 0.95" in page.text
    assert "1 of 1 ratings changed" in page.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"dominance": "much"}, "“much” is not a number"),
        ({"ceiling": "0.9"}, "(0.4–0.6): Write a number from 0.4 to 0.6."),
        ({"months_until_no_credit": "0"}, "counts no more: Write a number above 0."),
        ({"months_of_full_credit": "-1"}, "counts in full: Write a number, at least 0."),
        ({"months_of_full_credit": "30"}, "Credit must last longer than full credit."),
        ({"overdue_addition": "nan"}, "“nan” is not a number."),
        ({"severity.osh": "2.5"}, "Write a whole number from 1 to 5."),
        ({"severity.osh": ""}, "Write a number."),
        ({"reason": ""}, "A change needs a reason."),
        ({"category": "software", "category_index": "40"}, "Say why you set this index."),
        (
            {"category": "software", "category_index": "400", "category_reason": "Seen"},
            "Write a number from 0 to 100.",
        ),
    ],
)
def test_a_wrong_setting_is_a_sentence(
    admin: FlaskClient, get_page: Callable[..., Page], values: dict[str, str], sentence: str
) -> None:
    form = filled(get_page(CHANGE), reason="A try") | values
    refused = admin.post(CHANGE, data=form)
    page = Page(refused.text)
    page.check()
    assert (refused.status_code, sentence in page.text) == (422, True)
