"""The demo tells its story once, and everything it prints works."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from portal import config, database
from portal.app import create_app
from portal.cli.sample.story import PASSWORD, USERS
from tests.html import Page
from tests.settings import settings_for
from tests.telling import Told, run_demo


@pytest.fixture
def demo(told: Told) -> Iterator[Flask]:
    folder = told.folder
    url = f"sqlite:///{folder / 'portal.sqlite'}"
    settings = settings_for(folder, url) | {"SECRET_KEY": config.DEMO_SECRET_KEY}
    app = create_app(settings)
    yield app
    with app.app_context():
        database.db.engine.dispose()


def test_the_printed_link_opens_a_suppliers_cover(told: Told, demo: Flask) -> None:
    path = re.search(r"/i/\S+", told.printed)
    assert path, told.printed
    response = demo.test_client().get(path.group())
    assert response.status_code == 200
    Page(response.text).check()


def test_the_printed_user_signs_in_to_the_suppliers(demo: Flask) -> None:
    client = demo.test_client()
    client.post("/login", data={"email": next(iter(USERS)), "password": PASSWORD})
    page = Page(client.get("/suppliers").text)
    page.check()
    assert "of 61" in page.text


def test_the_mailbox_shows_every_mail_with_its_link(demo: Flask) -> None:
    client = demo.test_client()
    page = Page(client.get("/mailbox").text)
    page.check()
    first = next(link for link in page.links() if link.startswith("/mailbox/"))
    mail = Page(client.get(first).text)
    mail.check()
    assert client.get("/mailbox/..%2Fseal-key").status_code == 404


def test_a_second_start_tells_nothing_again(told: Told) -> None:
    again = run_demo(told.folder)
    assert again.returncode == 0
    assert "Inventing" not in again.stderr


def test_an_interrupted_demo_says_what_to_do(told: Told) -> None:
    mark = told.folder / "story-told"
    mark.unlink()
    refused = run_demo(told.folder)
    mark.touch()
    assert refused.returncode == 1
    assert "Delete it and start again" in refused.stderr
