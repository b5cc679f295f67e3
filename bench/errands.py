"""What a client does: look at one page, go the whole way of a supplier, or the same against the floor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bench.browser import Answer, Browser, UnexpectedAnswer
from bench.multipart import closed, part

_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_REVISION = re.compile(rb'name="([^".]+)\.revision" value="(\d+)"')
_SEEN = re.compile(rb'name="seen"[^>]* value="([^"]*)"')
_NEXT = re.compile(rb'class="button big"\s+href="([^"#]+)')
SIGNATORY = {
    "signatory_name": "Kim Berg",
    "signatory_title": "General manager",
    "signatory_role": "managing_director",
    "authority": "y",
}


class Exchange(NamedTuple):
    """The sizes of one request's form (0 for a GET) and of the answer, in bytes."""

    form: int
    answer: int


class Errand(Protocol):
    """Something a client does."""

    def run(self, browser: Browser) -> object:
        """Do it; raises UnexpectedAnswer when it cannot be done."""


@dataclass(frozen=True)
class Look:
    """Look at a page that the cookies open."""

    path: str
    cookies: Mapping[str, str]

    def run(self, browser: Browser) -> int:
        """Return the page's size in bytes."""
        browser.cookies = dict(self.cookies)
        return len(browser.get(self.path).body)


@dataclass(frozen=True)
class Constant:
    """Exchange as many bytes with the floor."""

    exchanges: tuple[Exchange, ...]

    def run(self, browser: Browser) -> None:
        """Do it."""
        for form, answer in self.exchanges:
            path = f"/{answer}"
            found = browser.post(path, _filler(form)) if form else browser.get(path)
            if len(found.body) != answer:
                raise UnexpectedAnswer(f"the floor sent {len(found.body)} of {answer} bytes")


@dataclass(frozen=True)
class Journey:
    """From the link to the receipt.

    `forms` holds what is answered: by `<questionnaire>/<section>`, the posted parts by question id.
    """

    link: str
    forms: Mapping[str, Mapping[str, bytes]]

    def run(self, browser: Browser) -> list[Exchange]:
        """Return the sizes of what was exchanged."""
        way = _Way(browser)
        way.open(self.link)
        way.send(f"{self.link}/start", b"")
        following = _NEXT.search(way.page)
        if following is None:
            raise UnexpectedAnswer(f"the overview of {self.link} leads nowhere")
        way.open(following[1].decode())
        while not way.path.endswith("/review"):
            questionnaire, section = way.path.rsplit("/", 2)[1:]
            way.fill_in(self.forms[f"{questionnaire}/{section}"])
        way.open(way.path.removesuffix("review") + "sign")
        seen = _SEEN.search(way.page)
        fields = {**SIGNATORY, "seen": seen[1].decode() if seen else ""}
        way.send(way.path, b"".join(part(name, text) for name, text in fields.items()))
        if not way.path.endswith("/receipt"):
            raise UnexpectedAnswer(f"signing led to {way.path}")
        return way.exchanges


def admitted(browser: Browser, link: str) -> dict[str, str]:
    """Start the survey behind `link` and return the cookies that open it."""
    way = _Way(browser)
    way.open(link)
    way.send(f"{link}/start", b"")
    return dict(browser.cookies)


class _Way:
    """A visitor on the way: the page that is open, and what was exchanged so far."""

    def __init__(self, browser: Browser) -> None:
        self._browser, self.path, self.page = browser, "", b""
        self.exchanges: list[Exchange] = []
        browser.begin_anew()

    def open(self, path: str) -> None:
        answer = self._browser.get(path)
        self._note(0, answer)
        self.path, self.page = path.partition("#")[0], answer.body

    def fill_in(self, answers: Mapping[str, bytes]) -> None:
        """Answer the questions on the open page, each with the revision that stands there."""
        parts = []
        for name, revision in _REVISION.findall(self.page):
            question = name.decode()
            parts += [part(f"{question}.revision", revision.decode()), answers[question]]
        self.send(self.path, b"".join(parts))

    def send(self, path: str, parts: bytes) -> None:
        """Post a form with the token of the open page, and follow where it leads."""
        token = _TOKEN.search(self.page)
        form = closed(part("csrf_token", token[1].decode() if token else "") + parts)
        answer = self._browser.post(path, form)
        self._note(len(form), answer)
        if answer.status != 302:
            raise UnexpectedAnswer(f"POST {path} answered {answer.status}")
        before = self.path
        self.open(answer.location)
        if self.path == before:
            raise UnexpectedAnswer(f"{path} was not answered in full")

    def _note(self, form: int, answer: Answer) -> None:
        self.exchanges.append(Exchange(form, len(answer.body)))


def _filler(size: int) -> bytes:
    """Return a form of one field that is about `size` bytes long."""
    return closed(part("filler", "x" * size))
