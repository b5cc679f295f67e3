"""A real mail server for tests, which can also refuse, keep silent, and hang up."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Takes mail in; what it does with an address is set by the test.

    `answers` maps an address to the server's answer to it ("550 5.1.1 no such user"), "drop" to
    hang up when it is named, "drop after data" to hang up when the text has come, "silence" to
    answer nothing. `taken` is called when a message has been accepted, before the client knows.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.connections = 0
        self.taken: Callable[[], None] = lambda: None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> PostOffice:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def mails_to(self, recipient: str) -> list[EmailMessage]:
        """Return the mails to one address, in order."""
        return [mail for mail in self.mails if mail["To"] == recipient]

    async def handle_EHLO(  # noqa: N802 - the server's name and signature
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return lines

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        answer = self.answers.get(address, "")
        if answer == "drop":
            server.transport.close()
            return "250 OK"
        if answer == "silence":
            await asyncio.sleep(3)
        if answer[:1] in {"4", "5"}:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.answers.get(envelope.rcpt_tos[0], "")
        if answer == "drop after data":
            server.transport.close()
            return "250 OK"
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        self.taken()
        return answer.removeprefix("data ") if answer.startswith("data ") else "250 taken"
