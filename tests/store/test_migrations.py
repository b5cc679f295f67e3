"""Migrations build exactly the models, up and down, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from portal import database, store
from portal.app import create_app
from tests.databases import made_database
from tests.settings import settings_for


def test_migrations_build_exactly_the_models(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, store.Base.metadata) == []


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    with made_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


def test_migrations_go_down_to_nothing_and_up_again(empty_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, empty_url))
    with app.app_context():
        database.upgrade()
        database.alembic.downgrade("base")
        assert set(sa.inspect(database.db.engine).get_table_names()) <= {"alembic_version"}
        database.alembic.upgrade()
        database.check()
        database.db.engine.dispose()
