"""What holds for every page there is, and will hold for those added later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from portal import database, store
from portal.app import create_app
from portal.web.buyer import shell
from portal.web.headers import SECURITY_HEADERS
from tests.functional.walls import WORDS, address, buyer_rules, example_ids, values_of
from tests.makers import other_buyer
from tests.settings import settings_for
from tests.signing_in import sign_in

Ids = dict[str, object]


@pytest.fixture
def foreign(rows: Session) -> Ids:
    """Ids of another buyer's rows."""
    own = store.scoped_buyer_id(rows)
    other_buyer(rows)
    ids = example_ids(rows)
    store.scope(rows, own)
    return ids


@pytest.fixture
def own(rows: Session, foreign: Ids) -> Ids:
    """Ids of rows of the buyer that `rows` is scoped to, made after the foreign ones."""
    ids = example_ids(rows)
    rows.commit()
    return ids


def id_names(rule: Rule) -> list[str]:
    return sorted(rule.arguments - WORDS.keys())


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "POST"})


def test_every_name_in_an_address_has_an_example(app: Flask, own: Ids) -> None:
    unknown = {
        f"<{name}> of {rule.rule}"
        for rule in buyer_rules(app)
        for name in rule.arguments - values_of(rule, own).keys()
    }
    assert not unknown, (
        f"No example for {', '.join(sorted(unknown))}. Give it one in tests/functional/walls.py: "
        "an id in example_ids(), any other word in WORDS."
    )


def test_every_buyer_page_stands_behind_the_shell(app: Flask) -> None:
    open_pages = {
        rule.rule
        for rule in buyer_rules(app)
        if shell.enter
        not in app.before_request_funcs.get(rule.endpoint.rpartition(".")[0] or None, [])
    }
    assert not open_pages, f"make the blueprint of {open_pages} with shell.buyer_pages"


def test_another_buyers_ids_are_not_found(
    app: Flask, client: FlaskClient, rows: Session, own: Ids, foreign: Ids
) -> None:
    sign_in(client, rows, "admin")
    wrong = []
    for rule in buyer_rules(app):
        for name in id_names(rule):
            theirs = {name: values_of(rule, foreign)[name]}
            url = address(app, rule, values_of(rule, own) | theirs)
            for method in methods(rule):
                status = client.open(url, method=method).status_code
                if status != 404:
                    wrong.append(f"{method} {url} with another buyer's {name}: {status}")
    assert not wrong, "\n".join(wrong)


def test_the_buyers_own_ids_are_found(
    app: Flask, client: FlaskClient, rows: Session, own: Ids
) -> None:
    sign_in(client, rows, "admin")
    missing = [
        url
        for rule in buyer_rules(app)
        if id_names(rule) and "GET" in methods(rule)
        if client.get(url := address(app, rule, values_of(rule, own))).status_code == 404
    ]
    assert not missing, f"the examples of these show nothing: {missing}"


def test_strangers_are_sent_to_sign_in(app: Flask, client: FlaskClient, own: Ids) -> None:
    for rule in buyer_rules(app):
        for method in methods(rule):
            answer = client.open(address(app, rule, values_of(rule, own)), method=method)
            assert answer.status_code == 303, rule.rule
            assert answer.location.startswith("/login"), rule.rule


def test_an_auditor_posts_nowhere(app: Flask, client: FlaskClient, rows: Session, own: Ids) -> None:
    sign_in(client, rows, "auditor")
    for rule in buyer_rules(app):
        if "POST" in methods(rule):
            assert client.post(address(app, rule, values_of(rule, own))).status_code == 403, (
                rule.rule
            )


def anything(app: Flask, rule: Rule) -> str:
    """Return an address of `rule` that leads to nothing in particular."""
    values = dict.fromkeys(rule.arguments, 1 if "<int:" in rule.rule else "x")
    return app.url_map.bind("portal.test").build(rule.endpoint, values)


@pytest.fixture
def guarded(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application as it is served: over https and with checked forms."""
    settings = settings_for(tmp_path, sqlite_url)
    app = create_app(
        settings | {"WTF_CSRF_ENABLED": True, "BASE_URL": "https://portal.test"},
    )
    yield app
    with app.app_context():
        database.db.engine.dispose()


def test_every_post_needs_the_forms_token(guarded: Flask, rows: Session) -> None:
    client = guarded.test_client()
    sign_in(client, rows, "admin")
    for rule in guarded.url_map.iter_rules():
        if "POST" in methods(rule):
            # 403 on a supplier's page that no longer knows who answers.
            assert client.post(anything(guarded, rule)).status_code in {400, 403}, rule.rule


def test_every_answer_carries_the_headers(app: Flask, client: FlaskClient) -> None:
    addresses = [anything(app, rule) for rule in app.url_map.iter_rules() if "GET" in methods(rule)]
    for url in [*addresses, "/nowhere", "/static/portal.css"]:
        with client.get(url) as answer:
            headers = answer.headers
        for name, value in SECURITY_HEADERS.items():
            assert headers.get(name) == value, f"{url}: {name}"
        assert "Cache-Control" in headers, url


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(guarded: Flask) -> None:
    cookie = guarded.test_client().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" in cookie
