"""A portal of its own in a temporary folder, gone when the measuring ends."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from portal import config, database
from portal.app import create_app


@dataclass(frozen=True)
class Instance:
    """An application with an empty, migrated database, and the settings other processes reach it by."""

    app: Flask
    folder: Path
    settings: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that serves it: without settings of some other portal."""
        others = {name: text for name, text in os.environ.items() if not name.startswith("PORTAL_")}
        return others | self.settings


@contextmanager
def instance() -> Iterator[Instance]:
    """Make an instance on SQLite, and give the block its application context."""
    with TemporaryDirectory(prefix="portal-bench-") as name:
        own = {
            "PORTAL_INSTANCE_PATH": name,
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(32),
            "PORTAL_MAIL_FOLDER": f"{name}/mail",
        }
        app = create_app(config.load(own))
        with app.app_context():
            database.alembic.upgrade()
            try:
                yield Instance(app, Path(name), own)
            finally:
                database.db.engine.dispose()
