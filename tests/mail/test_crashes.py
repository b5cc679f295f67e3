"""The worker dies between any two statements and is started again: nobody is missed, nobody bothered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal import database
from portal.mail.delivery import deliver_due
from portal.outbox import workers
from portal.outbox.service import LEASE
from tests.mail.launched import NOW, launched
from tests.mail.postoffice import PostOffice
from tests.makers import make_contact

PEOPLE = 3


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@contextmanager
def killed_at(engine: sa.Engine, statement: int) -> Iterator[None]:
    """End the block's work before the n-th statement that goes to the database."""
    count = 0

    def strike(*_: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise Killed

    names = ("before_cursor_execute", "commit")
    for name in names:
        sa.event.listen(engine, name, strike)
    try:
        yield
    finally:
        for name in names:
            sa.event.remove(engine, name, strike)


@pytest.mark.parametrize("share", range(2))
def test_killed_between_any_two_statements_and_started_again(
    app: Flask, rows: Session, office: PostOffice, share: int
) -> None:
    addresses = {make_contact(rows).email for _ in range(PEOPLE)}
    launched(rows)
    now, kills, statement = NOW, 0, share + 1
    with app.app_context():
        engine = database.db.engine
        while True:
            try:
                with killed_at(engine, statement):
                    deliver_due(lambda now=now: now)
                break
            except Killed:
                kills += 1
                engine.dispose()  # as when a process ends, its connections do
            statement += 2
            now += LEASE

    got = Counter(office.recipients)
    assert set(got) == addresses
    assert kills > 0
    assert got.total() <= PEOPLE + kills
    same = {mail["To"]: mail["Message-ID"] for mail in office.mails}
    assert all(mail["Message-ID"] == same[mail["To"]] for mail in office.mails)


def test_worker_process_killed_at_the_server_s_door(
    app: Flask, rows: Session, office: PostOffice
) -> None:
    # At the second mail: one is settled, one in doubt, one still waits.
    addresses = {make_contact(rows).email for _ in range(PEOPLE)}
    launched(rows)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PYTHONPATH": str(Path.cwd()),
        **{
            f"PORTAL_{name}": str(app.config[name])
            for name in ("SECRET_KEY", "DATABASE_URL", "INSTANCE_PATH", "BASE_URL", "MAIL_PORT")
        },
        "PORTAL_MAIL_SERVER": "127.0.0.1",
    }
    moment = NOW + timedelta(minutes=1)
    command = [sys.executable, "-m", "portal", "worker", "--once", "--now", moment.isoformat()]
    victim = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def kill() -> None:
        if len(office.recipients) == 2:
            os.kill(victim.pid, signal.SIGKILL)
            victim.wait()

    office.taken = kill
    assert victim.wait() == -signal.SIGKILL
    with app.app_context():
        deliver_due(lambda: moment)

    got = Counter(office.recipients)
    assert set(got) == addresses
    assert got.total() == PEOPLE + 1


def test_a_worker_s_name_tells_that_it_is_gone() -> None:
    here = workers.this_worker()
    place, process, _ = here.rsplit("/", 2)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert not workers.is_gone(here)
    assert workers.is_gone(f"{place}/{process}/earlier1")
    assert workers.is_gone(f"{place}/{ended.pid}/whoever1")
    assert not workers.is_gone(f"{place}/{os.getppid()}/whoever1")
    assert not workers.is_gone(f"elsewhere/{ended.pid}/whoever1")
