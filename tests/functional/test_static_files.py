"""Style sheet and script: kept for good under an address that names their content, else for an hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.html import Page


def kept(client: FlaskClient, address: str) -> str | None:
    with client.get(address) as answer:
        return answer.headers.get("Cache-Control")


def test_what_a_page_names_is_kept_for_good(
    client: FlaskClient, get_page: Callable[..., Page]
) -> None:
    page = get_page("/login")
    named = [link.get("href") for link in page.all("link")] + [
        script.get("src") for script in page.all("script")
    ]
    assert len(named) == 3
    for address in named:
        assert kept(client, address) == "public, max-age=31536000, immutable", address


@pytest.mark.parametrize("version", ["", "?v=", "?v=000000000000"])
@pytest.mark.parametrize("name", ["portal.css", "portal.js"])
def test_under_another_address_it_may_change(client: FlaskClient, name: str, version: str) -> None:
    assert kept(client, f"/static/{name}{version}") == "public, max-age=3600"


def test_what_is_not_there_is_said(client: FlaskClient) -> None:
    assert client.get("/static/gone.css?v=000000000000").status_code == 404
