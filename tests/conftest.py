"""The application, a session on each kind of database, and a page getter. Rooms keep their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import database, store
from portal.app import create_app
from tests.html import Page
from tests.makers import make_buyer
from tests.settings import settings_for

# A Saturday morning; tests that need another moment say so.
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def pytest_xdist_auto_num_workers() -> int:
    """Return the processes of `-n auto`: more than cores, since browsers and servers are waited for."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.fixture
def now() -> datetime:
    """The moment the tests live in."""
    return NOW


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application on a migrated SQLite database of its own."""
    app = create_app(settings_for(tmp_path, sqlite_url))
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def rows(app: Flask) -> Iterator[Session]:
    """A session on the database of `app`, scoped to one stored buyer, to prepare and look at rows."""
    with app.app_context():
        engine = database.db.engine
    with Session(engine) as session:
        buyer = make_buyer(session)
        store.scope(session, buyer.id)
        session.commit()
        yield session


@pytest.fixture
def get_page(client: FlaskClient) -> Callable[..., Page]:
    """Fetch a page and check what every page owes its reader."""

    def get(url: str, status: int = 200) -> Page:
        response = client.get(url, follow_redirects=True)
        assert response.status_code == status, response.text
        page = Page(response.text)
        page.check()
        return page

    return get
