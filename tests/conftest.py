"""The application, a session on each kind of database, and a page getter. Rooms keep their own."""

from __future__ import annotations

import os
import shutil
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


class Installation:
    """An application, its settings and its folder."""

    def __init__(self, app: Flask) -> None:
        """`app` has served nothing yet."""
        self._app, self._settings, self._extensions = app, dict(app.config), dict(app.extensions)
        self._folder = Path(app.config["INSTANCE_PATH"])
        self._kept = set(self._folder.rglob("*"))

    def renewed(self, template: Path) -> Flask:
        """Return the application with its first settings and a copy of the database `template`."""
        with self._app.app_context():
            database.db.engine.dispose()
        for now, first in (
            (self._app.config, self._settings),
            (self._app.extensions, self._extensions),
        ):
            now.clear()
            now.update(first)
        for path in set(self._folder.rglob("*")) - self._kept:
            if path.is_file():
                path.unlink()
        shutil.copy(template, self._folder / "portal.sqlite")
        return self._app


def pytest_xdist_auto_num_workers() -> int:
    """Return the processes of `-n auto`: more than cores, since browsers and servers are waited for."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.fixture
def now() -> datetime:
    """The moment the tests live in."""
    return NOW


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The application of this process: making one takes longer than most tests with it."""
    folder = tmp_path_factory.mktemp("installation")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'portal.sqlite'}"))
    yield Installation(app)
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def app(installation: Installation, sqlite_template: Path) -> Flask:
    """The application as it is when new: on a migrated SQLite database, without files and mails."""
    return installation.renewed(sqlite_template)


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
