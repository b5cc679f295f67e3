"""What a link opens, and that looking at it does nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.models import InvitationState
from tests.answering import Supplier, link
from tests.supplier_pages.conftest import Invite, Way, change, enter, fresh, section, stored


def snapshot(rows: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    found = {
        table.name: [tuple(row) for row in rows.connection().execute(sa.select(table))]
        for table in store.Base.metadata.sorted_tables
    }
    rows.rollback()
    return found


@pytest.mark.parametrize("keeps_cookies", [True, False])
def test_a_scanner_starts_nothing_and_reads_nothing(
    app: Flask, invite: Invite, rows: Session, keeps_cookies: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    invitation = invite(answered=True)
    before = snapshot(rows)
    client = app.test_client(use_cookies=keeps_cookies)
    scanner = Supplier(client)
    path = link(app, invitation)
    assert client.head(path).status_code == 200
    for href in scanner.open(path).links():
        if href.startswith("/"):
            assert client.get(href).status_code == 200
            assert client.head(href).status_code == 200
    for form in scanner.page.all("form"):
        assert client.get(form.get("action")).status_code == 405
    assert client.get(section(invitation, "review")).status_code == 403
    assert client.get(section(invitation, "receipt.json")).status_code == 403
    assert snapshot(rows) == before


def test_the_pages_of_a_link_are_not_kept_and_tell_nobody(
    app: Flask, client: FlaskClient, invite: Invite
) -> None:
    response = client.get(link(app, invite()))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_the_first_page_is_small(app: Flask, client: FlaskClient, invite: Invite) -> None:
    page = client.get(link(app, invite()))
    static = Path(app.static_folder or "")
    parts = [(static / name).stat().st_size for name in ("portal.css", "portal.js")]
    assert len(page.data) + sum(parts) < 60_000


def test_the_cover_says_who_asks_why_and_until_when(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    invitation = invite()
    page = supplier.open(link(app, invitation))
    assert invitation.supplier.name in page.text
    assert "Tuesday, 15 December 2026 (Central European Time)" in page.text
    assert "minutes" in page.text
    supplier.follow("Read or print all questions")
    assert "Does your company accept the buyer's Supplier Code of Conduct?" in supplier.page.text


@pytest.mark.parametrize(("browser", "spoken"), [("no,en;q=0.5", "nb"), ("ja", "en")])
@pytest.mark.parametrize("known", [{"locale": "fi"}, {"locale": "sv", "locale_guessed": True}])
def test_where_the_contacts_language_is_not_known_or_offered_the_browser_decides_then_the_buyer(
    app: Flask, way: Way, known: dict[str, Any], browser: str, spoken: str
) -> None:
    rows, invitation = way.rows, way.invite(**known)
    rows.get_one(Buyer, rows.info["buyer"]).locale = "en"
    rows.commit()
    client = app.test_client()
    path, wish = link(app, invitation), {"Accept-Language": browser}
    assert f'lang="{spoken}"' in client.get(path, headers=wish).text
    client.post(f"{path}/start", headers=wish)
    kept = fresh(rows, invitation)
    assert (kept.locale, kept.locale_guessed) == (spoken, False), "what was answered in is kept"


def test_a_cover_in_another_language(app: Flask, supplier: Supplier, invite: Invite) -> None:
    supplier.open(link(app, invite()))
    supplier.press("Change", values={"locale": "nb"})
    assert supplier.page.one("html").get("lang") == "nb"


def test_an_unknown_link_says_so(supplier: Supplier) -> None:
    supplier.open("/i/anything", 404)
    assert supplier.heading == "We do not know this link"


def test_a_replaced_link_says_so_and_ends_the_session(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    old = link(app, invitation)
    enter(supplier, app, invitation)
    change(rows, invitation, link_version=2)
    for path in (old, section(invitation)):
        supplier.open(path, 410)
        assert supplier.heading == "There is a newer link"


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        ({"state": InvitationState.CANCELLED}, "You no longer need to answer"),
        ({"closed_at": datetime(2026, 12, 20, tzinfo=UTC)}, "This request is closed"),
    ],
)
def test_what_is_over_says_so_at_once(
    app: Flask, way: Way, values: dict[str, object], heading: str
) -> None:
    supplier, invite, rows = way
    invitation = invite()
    enter(supplier, app, invitation)
    change(rows, invitation, **values)
    for path in (link(app, invitation), section(invitation)):
        supplier.open(path, 410)
        assert supplier.heading == heading


def test_two_surveys_in_two_tabs_never_mix(app: Flask, supplier: Supplier, invite: Invite) -> None:
    first, second = invite(), invite()
    enter(supplier, app, first)
    enter(supplier, app, second)
    supplier.open(section(first, ""))
    assert first.supplier.name in supplier.heading
    supplier.open(section(second, ""))
    assert second.supplier.name in supplier.heading


@pytest.mark.parametrize(("csrf", "status"), [(False, 403), (True, 400)])
def test_what_was_written_when_the_session_was_lost_is_shown_to_be_copied(
    app: Flask, way: Way, csrf: bool, status: int
) -> None:
    supplier, invite, rows = way
    app.config["WTF_CSRF_ENABLED"] = csrf
    invitation = invite("company_profile")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "company_profile/profile"))
    supplier.client = app.test_client()
    written = {"prf_legal_name": "Sample <b>AS</b>, 123", "prf_sites.0.people": "45"}
    page = supplier.press("Save and continue", status, {**written, "prf_headcount": "n1_9"})
    assert "What you sent just now was not saved." in page.text
    assert [text.text.strip() for text in page.all("textarea")] == list(written.values())
    assert stored(rows, invitation) == {}


def test_a_page_open_for_too_long_shows_what_was_written(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    invitation = invite("company_profile")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "company_profile/profile"))
    values = {"csrf_token": "old", "prf_legal_name": "Sample AS, 123"}
    page = supplier.press("Save and continue", 400, values)
    assert supplier.heading == "This page was open for too long"
    assert [text.text.strip() for text in page.all("textarea")] == ["Sample AS, 123"]


def test_a_lost_session_leads_back_to_the_mail(supplier: Supplier, invite: Invite) -> None:
    supplier.open(section(invite(), "review"), 403)
    assert supplier.heading == "Please open the link in the mail again"
