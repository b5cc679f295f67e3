"""A browser that costs next to nothing, so that the portal is measured: one kept connection, cookies."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from types import TracebackType

from bench.multipart import CONTENT_TYPE

_TIMEOUT = 60.0


class UnexpectedAnswer(Exception):
    """The server answered something else than a visitor should see; the message says what."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, where a redirect leads (else empty), body."""

    status: int
    location: str
    body: bytes


class Browser:
    """Asks one server, one request after another, over one connection; `cookies` may be replaced."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookies: dict[str, str] = {}
        self._socket = self._connect()

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self._port), _TIMEOUT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def begin_anew(self) -> None:
        """Become somebody else's browser: without cookies, over a connection of its own."""
        self._socket.close()
        self._socket, self.cookies = self._connect(), {}

    def get(self, path: str) -> Answer:
        """Return the page at `path`.

        Raises:
            UnexpectedAnswer: its status is not 200.
        """
        answer = self._ask("GET", path, b"")
        if answer.status != 200:
            raise UnexpectedAnswer(f"GET {path} answered {answer.status}")
        return answer

    def post(self, path: str, form: bytes) -> Answer:
        """Return the answer to a POST of `form`, made by `multipart`."""
        return self._ask("POST", path, form)

    def _ask(self, method: str, path: str, form: bytes) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: en"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{n}={v}" for n, v in self.cookies.items()))
        if form:
            lines += [f"Content-Type: {CONTENT_TYPE}", f"Content-Length: {len(form)}"]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode() + form)
        return self._answer()

    def _answer(self) -> Answer:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, rest = received.partition(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")
        length, location = 0, ""
        for line in lines:
            name, _, value = line.partition(": ")
            match name.lower():
                case "content-length":
                    length = int(value)
                case "location":
                    location = value
                case "set-cookie":
                    cookie, _, text = value.partition(";")[0].partition("=")
                    self.cookies[cookie] = text
        pieces, missing = [rest], length - len(rest)
        while missing > 0:
            piece = self._more()
            pieces.append(piece)
            missing -= len(piece)
        return Answer(int(status_line.split(" ", 2)[1]), location, b"".join(pieces))

    def _more(self) -> bytes:
        piece = self._socket.recv(262_144)
        if not piece:
            raise UnexpectedAnswer("the server closed the connection")
        return piece
