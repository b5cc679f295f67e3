"""How mail leaves: through a mail server, one connection for many, or into a folder."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import flask_mail
from flask import Flask, current_app

mail = flask_mail.Mail()

# 5.1.x says that the address is wrong; codes without such a detail are believed as they stand.
_BAD_ADDRESS = re.compile(r"5\.1\.\d+")
_OTHER_REASON = re.compile(r"[245]\.\d+\.\d+")
_ADDRESS_CODES = frozenset({501, 550, 551, 553, 554, 556})


class NoServer(Exception):
    """No mail server answers; nothing can be sent now."""


class NotTaken(Exception):
    """The server did not take this message now; it may later."""


class NoSuchAddress(Exception):
    """The server says for good that there is no such recipient."""


class Post(Protocol):
    """A way for mail to leave."""

    def send(self, message: flask_mail.Message) -> None:
        """Hand `message` over.

        Raises:
            NoServer, NotTaken, NoSuchAddress: with what the server said.
        """

    def __enter__(self) -> Self:
        """Return the post, which connects when it first has something to send."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""


def open_post(settings: Mapping[str, object]) -> Post:
    """Return the way that mail leaves by: `MAIL_FOLDER` where it is set, else the mail server."""
    folder = settings["MAIL_FOLDER"]
    return FolderPost(Path(str(folder))) if folder else SmtpPost()


class _PatientConnection(flask_mail.Connection):
    """Flask-Mail's connection, which gives up on a server that falls silent."""

    def configure_host(self) -> smtplib.SMTP:
        """Return a connection that has said hello, encrypted and signed in as set."""
        kind = smtplib.SMTP_SSL if self.mail.use_ssl else smtplib.SMTP
        host = kind(self.mail.server, self.mail.port, timeout=current_app.config["MAIL_TIMEOUT"])
        if self.mail.use_tls:
            host.starttls()
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


class SmtpPost:
    """The mail server: connected at the first message, again after an error, left at the end."""

    def __init__(self) -> None:
        self._connection: flask_mail.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, message: flask_mail.Message) -> None:
        """Hand `message` to the server."""
        connection = self._connected()
        try:
            connection.send(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _refusal(code, answer) from None
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            raise _refusal(error.smtp_code, error.smtp_error, data=True) from None
        except (smtplib.SMTPException, OSError, ValueError, flask_mail.BadHeaderError) as error:
            self._hang_up()
            raise NotTaken(f"{type(error).__name__}: {error}") from None

    def _connected(self) -> flask_mail.Connection:
        if self._connection is None:
            connection = _PatientConnection(current_app.extensions["mail"])
            try:
                self._connection = connection.__enter__()
            except (smtplib.SMTPException, OSError) as error:
                raise NoServer(f"{type(error).__name__}: {error}") from None
        return self._connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None and connection.host is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.host.quit()
            connection.host.close()


def _refusal(code: int, answer: bytes | str, *, data: bool = False) -> NotTaken | NoSuchAddress:
    """Return what the server's answer means: only a wrong address is the address's fault.

    `data`: the answer came to the whole message, not to the recipient.
    """
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    words = f"{code} {said}"
    detail = _OTHER_REASON.match(said.strip())
    if 500 <= code < 600 and _BAD_ADDRESS.match(said.strip()):
        return NoSuchAddress(words)
    if code in _ADDRESS_CODES and detail is None and not data:
        return NoSuchAddress(words)
    return NotTaken(words)


class FolderPost:
    """A folder that gets one `.eml` file per message: the demo's mailbox."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave everything where it is."""

    def send(self, message: flask_mail.Message) -> None:
        """Write `message` under the left part of its Message-ID, whole or not at all."""
        name = message.msgId.strip("<>").partition("@")[0]
        unfinished = self._folder / f"{name}.part"
        try:
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise NoServer(f"{self._folder}: {error.strerror}") from None


def init_app(app: Flask) -> None:
    """Let `app` send mail."""
    mail.init_app(app)
