"""Who comes in to buyer pages, what they see and what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import database, store
from portal.app import create_app
from portal.buyers.models import RoleName
from portal.database import db_session
from portal.web.buyer.shell import buyer_pages, may
from tests.settings import settings_for
from tests.signing_in import sign_in


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """An application with a buyer page of its own."""
    app = create_app(settings_for(tmp_path, sqlite_url))
    pages = buyer_pages("example", __name__)

    @pages.route("/example", methods=["GET", "POST"])
    def example() -> str:
        return render_template_string(
            "{{ buyer_name }}|{{ user_name }}|{{ locale }}|{{ seen }}",
            seen=store.scoped_buyer_id(db_session()),
        )

    @pages.post("/example/launch")
    @may("buyer", "admin")
    def launch() -> str:
        return "launched"

    app.register_blueprint(pages)
    yield app
    with app.app_context():
        database.db.engine.dispose()


def test_a_stranger_is_sent_to_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/example?page=2")
    assert answer.status_code == 303
    assert answer.location == "/login?next=/example?page%3D2"


def test_a_strangers_post_is_not_repeated_after_signing_in(client: FlaskClient) -> None:
    assert client.post("/example").location == "/login"


def test_a_user_sees_their_buyer(client: FlaskClient, rows: Session) -> None:
    user = sign_in(client, rows, name="Kari")
    text = client.get("/example").text
    assert text == f"{user.buyer.name}|Kari|en|{user.buyer_id}"


@pytest.mark.parametrize(("own", "served"), [("nb", "nb"), ("", "en"), ("zh", "en")])
def test_a_page_speaks_the_users_language(
    client: FlaskClient, rows: Session, own: str, served: str
) -> None:
    sign_in(client, rows, locale=own)
    assert client.get("/example").text.split("|")[2] == served


def test_an_inactive_user_is_a_stranger(client: FlaskClient, rows: Session) -> None:
    user = sign_in(client, rows)
    user.active = False
    rows.commit()
    assert client.get("/example").status_code == 303


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.ADMIN, 200),
        (RoleName.BUYER, 200),
        (RoleName.REVIEWER, 200),
        (RoleName.AUDITOR, 403),
    ],
)
def test_an_auditor_only_reads(
    client: FlaskClient, rows: Session, role: RoleName, status: int
) -> None:
    sign_in(client, rows, role)
    assert client.get("/example").status_code == 200
    assert client.post("/example").status_code == status


def test_a_reviewer_may_not_launch(client: FlaskClient, rows: Session) -> None:
    sign_in(client, rows, "reviewer")
    assert client.post("/example/launch").status_code == 403


def test_a_buyer_may_launch(client: FlaskClient, rows: Session) -> None:
    sign_in(client, rows, "buyer")
    assert client.post("/example/launch").text == "launched"
