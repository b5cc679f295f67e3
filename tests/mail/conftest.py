"""Fixtures of the mail tests: a mail server, and the application that uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from portal import database
from portal.app import create_app
from portal.mail.delivery import deliver_due
from tests.mail.launched import NOW
from tests.mail.postoffice import PostOffice
from tests.settings import settings_for


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything."""
    with PostOffice() as office:
        yield office


@pytest.fixture
def app(tmp_path: Path, database_url: str, office: PostOffice) -> Iterator[Flask]:
    """The application with `office` as its mail server, on each kind of database in turn."""
    app = create_app(
        settings_for(tmp_path, database_url)
        | {
            "MAIL_FOLDER": None,
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": office.port,
            "MAIL_SUPPRESS_SEND": False,
            "MAIL_TIMEOUT": 1,
            # Not on PostgreSQL: nobody closes the connection of a queue that no worker takes from.
            "HUEY_URL": f"sqlite:///{tmp_path / 'jobs.sqlite'}",
        }
    )
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def deliver(app: Flask) -> Callable[..., dict[str, int]]:
    """Deliver what is due at a moment, as the worker does."""

    def run(now: datetime = NOW) -> dict[str, int]:
        with app.app_context():
            return dict(deliver_due(lambda: now))

    return run
