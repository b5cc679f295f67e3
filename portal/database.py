"""The database of the running application: connection, session of a request, tables' version."""

from __future__ import annotations

import logging
from inspect import iscoroutinefunction
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from flask import Flask, current_app
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.orm import Session

from portal import store
from portal.config import ConfigError
from portal.paths import resource_dir

_READER = "reader"


class RequestSession(Session):
    """A session that reads on connections of their own while its request may change nothing.

    On SQLite a connection that changes between reading and writing forgets what it has prepared.
    """

    def __init__(self, *args: Any, reader: sa.Engine | None = None, **kwargs: Any) -> None:
        """Take what every session takes, and the engine to read with, if that is one of its own."""
        super().__init__(*args, **kwargs)
        self._reader = reader

    def get_bind(self, *args: Any, **kwargs: Any) -> sa.Engine | sa.Connection:
        """Return the engine for the next transaction."""
        if self._reader and store.reading.get():
            return self._reader
        return super().get_bind(*args, **kwargs)


# A request reads its rows once: what it has written and committed it need not read again.
db = SQLAlchemy(session_options={"expire_on_commit": False, "class_": RequestSession})
alembic = Alembic(run_mkdir=False, command_name="", metadatas=store.Base.metadata)


def db_session() -> Session:
    """Return this request's session: opened at first use, rolled back and closed at its end."""
    return db.session


def init_app(app: Flask) -> None:
    """Give `app` its database and the way to migrate it."""
    url = app.config["DATABASE_URL"]
    names = ["default", _READER] if store.is_file(url) else ["default"]
    app.config["SQLALCHEMY_ENGINES"] = {
        name: {"url": url, **store.engine_options(url)} for name in names
    }
    app.config["ALEMBIC"] = {"script_location": str(resource_dir("migrations"))}
    db.init_app(app)
    # There are no asynchronous sessions; closing them would start a thread at every request.
    app.teardown_appcontext_funcs[:] = [
        close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)
    ]
    alembic.init_app(app)
    # Alembic tells of every look at the version, and each question whether the portal is ready is one.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context():
        for engine in db.engines.values():
            store.prepare(engine)
        if reader := db.engines.get(_READER):
            db.sessionmaker.configure(reader=reader)
            # It is one database, whose connections are closed together.
            sa.event.listen(db.engine, "engine_disposed", lambda _engine: reader.dispose())


def upgrade() -> None:
    """Bring the database of the current application up to this version's tables."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy
    # The connection is closed at the end of the context it was opened in: one of its own.
    with app.app_context():
        alembic.upgrade()


def check() -> None:
    """Check that the database of the current application answers and has every table.

    Raises:
        ConfigError: with a sentence that says what to do.
    """
    try:
        # Read only and closed at once: a check must not hold up who writes.
        with store.read_only(), db.engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_heads()
    except sa.exc.OperationalError as error:
        address = db.engine.url.render_as_string(hide_password=True)
        raise ConfigError(
            f"The database {address} does not answer ({error.orig}). "
            "Start it, or correct PORTAL_DATABASE_URL."
        ) from None
    if {script.revision for script in alembic.heads()} != set(present):
        raise ConfigError(
            "The database does not have this version's tables. Run: portal db upgrade"
        )
