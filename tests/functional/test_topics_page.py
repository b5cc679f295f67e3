"""Risk by topic in the browser: numbers that lead to their lists."""

from __future__ import annotations

import pytest

from portal.ratings import service
from tests.conftest import NOW
from tests.makers import make_supplier
from tests.signing_in import sign_in


@pytest.fixture
def suppliers(rows):
    made = [
        make_supplier(rows, name="Bolt Works", country="CN", category="ict_equipment"),
        make_supplier(rows, name="Bean House", country="NO", category="coffee"),
    ]
    service.recompute(rows, [each.id for each in made], NOW)
    make_supplier(rows, name="New Name", country="NO", category="coffee")
    return made


@pytest.mark.parametrize("by", ["category", "country", "band"])
def test_every_number_leads_to_its_list(rows, client, get_page, suppliers, by):
    sign_in(client, rows)
    page = get_page(f"/suppliers/topics?by={by}")
    assert "Child labour" in page.text
    assert "severity 5" in page.text
    links = {
        link.get("href"): link.text.split()[-1]
        for link in page.all("a")
        if "level=" in (link.get("href") or "")
    }
    assert any("level=none" in href for href in links)
    for href, count in list(links.items())[:6]:
        listed = get_page(href)
        assert f"of {count}" in listed.text
        assert "Only suppliers whose level for" in listed.text


def test_without_ratings_it_says_what_to_do(rows, client, get_page):
    sign_in(client, rows)
    assert "No supplier is rated yet." in get_page("/suppliers/topics").text


@pytest.mark.parametrize(
    "query", ["topics?by=moon", "?topic=osh", "?topic=osh'&level=low", "?topic=osh&level=huge"]
)
def test_what_there_is_not_is_refused(rows, client, query):
    sign_in(client, rows)
    address = f"/suppliers/{query}" if query.startswith("topics") else f"/suppliers{query}"
    assert client.get(address).status_code == 400
