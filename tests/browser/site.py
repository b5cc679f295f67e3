"""The portal as it runs: real requests, real cookies, CSRF and Content-Security-Policy in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from portal import database, store
from portal.app import create_app
from portal.buyers.models import Buyer
from portal.campaigns.models import Invitation
from portal.i18n import offered_locales, question_translator
from portal.jobs import run_due
from portal.ratings.contexts import launch_contexts
from portal.suppliers.models import Contact
from tests.campaigns.launching import LIBRARY, launch_with
from tests.makers import make_buyer, make_supplier
from tests.settings import settings_for
from tests.signing_in import make_user

PASSWORD = "a password for tests"

Result = TypeVar("Result")


class Site:
    """A portal that listens: `url` is where, `rows` looks into its database behind its back.

    Playwright keeps an event loop in the thread of the tests, where an application context cannot
    end; what needs one is done `apart`, in a thread of its own.
    """

    def __init__(self, app: Flask, url: str, threads: ThreadPoolExecutor) -> None:
        self.app, self.url, self._threads = app, url, threads

    def apart(self, task: Callable[[], Result]) -> Result:
        """Return what `task` returns within an application context."""

        def within() -> Result:
            with self.app.app_context():
                return task()

        return self._threads.submit(within).result()

    @contextmanager
    def rows(self) -> Iterator[Session]:
        """Yield a session of the one buyer, committed at the end."""
        with Session(self.apart(lambda: database.db.engine)) as session:
            store.scope_to_everyone(session)
            buyer = session.scalar(sa.select(Buyer).limit(1)) or make_buyer(
                session, name="Fjordlab Diagnostikk AS", contact_phone="+47 55 00 00 00"
            )
            store.scope(session, buyer.id)
            yield session
            session.commit()

    def add_user(self, role: str = "buyer") -> str:
        """Store somebody who signs in with `PASSWORD`; return the e-mail address."""
        password = self.apart(lambda: hash_password(PASSWORD))
        with self.rows() as session:
            return str(make_user(session, role, password=password).email)

    def ask(self, contact: Mapping[str, Any], *questionnaires: str) -> str:
        """Launch a campaign to the stored supplier of `contact`, mail it, return the mailed link."""
        with self.rows() as session:
            session.add(contact_of(session, contact))
            session.flush()
            launch_with(
                session,
                questionnaires=[LIBRARY[name] for name in questionnaires],
                translators={each: question_translator(each) for each in offered_locales()},
                contexts=launch_contexts,
                deadline=in_days(30),
                now=datetime.now(UTC),
            )
        self.post()
        return link_in(self.mails_to(str(contact["email"]))[-1])

    def post(self) -> None:
        """Do what is due, as the worker does: mails go into the folder."""
        self.apart(run_due)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails to `address`, oldest first."""
        folder = Path(str(self.app.config["MAIL_FOLDER"]))
        paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
        return [mail for mail in mails if address in str(mail["To"])]

    def states(self) -> list[str]:
        """Return the invitations' states."""
        with self.rows() as session:
            return [each.state.value for each in session.scalars(sa.select(Invitation))]


def contact_of(session: Session, values: Mapping[str, Any]) -> Contact:
    """Return a new contact with a supplier of its own."""
    return Contact(supplier=make_supplier(session), primary=True, name="Office", **values)


def in_days(days: int) -> date:
    """Return the day so far from today: a browser's pages know no other clock than the real one."""
    return datetime.now(UTC).date() + timedelta(days=days)


def link_in(mail: EmailMessage) -> str:
    """Return the personal link, which stands alone on a line of the text part."""
    text = mail.get_body(("plain",))
    assert text is not None
    return next(line for line in text.get_content().splitlines() if "/i/" in line or "/f/" in line)


@contextmanager
def listening(settings: Mapping[str, object]) -> Iterator[Site]:
    """Serve the application on a free port of this machine while the block runs."""
    with ThreadPoolExecutor() as threads:
        app = threads.submit(create_app, settings).result()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        app.config["BASE_URL"] = f"http://127.0.0.1:{server.server_port}"
        site = Site(app, app.config["BASE_URL"], threads)
        threads.submit(server.serve_forever, poll_interval=0.05)
        try:
            yield site
        finally:
            server.shutdown()
            server.server_close()
            site.apart(lambda: database.db.engine).dispose()


def open_settings(folder: Path, database_url: str) -> dict[str, object]:
    """Return the tests' settings without what they loosen."""
    values = settings_for(folder, database_url)
    return {
        n: v for n, v in values.items() if n not in ("TESTING", "WTF_CSRF_ENABLED", "SERVER_NAME")
    }
