"""What the database promises: durable, strict, read-only for those who only look."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal import database, store
from portal.suppliers.models import Supplier
from tests.makers import make_supplier


def test_sqlite_is_durable_and_strict(sqlite_url: str) -> None:
    engine = sa.create_engine(sqlite_url, **store.engine_options(sqlite_url))
    store.prepare(engine)
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


def test_looking_cannot_write(session: Session) -> None:
    session.commit()
    with store.read_only(), pytest.raises(sa.exc.DBAPIError):
        make_supplier(session)
    session.rollback()
    make_supplier(session)
    session.commit()


def test_sqlite_keeps_what_it_has_prepared(sqlite_url: str) -> None:
    engine = sa.create_engine(sqlite_url, **store.engine_options(sqlite_url))
    store.prepare(engine)
    said: list[str] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        said.append(sql)

    def look() -> None:
        with engine.connect() as connection:
            connection.execute(sa.select(1))

    look()
    with store.read_only():
        look()
        look()
    look()
    engine.dispose()
    assert [sql for sql in said if sql.startswith("PRAGMA")] == [
        "PRAGMA query_only=1",
        "PRAGMA query_only=0",
    ]


def test_a_request_that_only_looks_has_connections_of_its_own(app: Flask) -> None:
    with app.app_context():
        writing = database.db_session().get_bind()
        with store.read_only():
            reading = database.db_session().get_bind()
        assert reading is not writing
        assert {reading.url, writing.url} == {database.db.engine.url}


def test_times_come_back_as_aware_utc(session: Session) -> None:
    oslo = timezone(timedelta(hours=1))
    supplier = make_supplier(session, created_at=datetime(2026, 11, 21, 10, 0, tzinfo=oslo))
    session.commit()
    assert session.get_one(Supplier, supplier.id).created_at == datetime(
        2026, 11, 21, 9, tzinfo=UTC
    )


def test_a_naive_time_is_refused(session: Session) -> None:
    with pytest.raises(sa.exc.StatementError, match="naive"):
        make_supplier(session, created_at=datetime(2026, 11, 21, 9))  # noqa: DTZ001
