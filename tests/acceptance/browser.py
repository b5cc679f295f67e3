"""A person with a browser, who knows only what the pages promise: addresses and input names."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

from tests.html import Element, Page

INPUTS = ("input", "select", "textarea")
BOXES = ("radio", "checkbox")
Values = dict[str, list[str]]


class Browser:
    """Keeps cookies and the page that is open; every page is checked."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        # No proxy: the portal is on this machine.
        self._opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))
        self.address = ""
        self.content = b""

    def open(self, address: str, values: Values | None = None) -> int:
        """Fetch `address`, or post `values` to it, and follow where it leads; return the status."""
        data = None if values is None else urlencode(values, doseq=True).encode()
        request = urllib.request.Request(urljoin(self.address, address), data)
        try:
            with self._opener.open(request, timeout=30) as response:
                return self._take(response)
        except urllib.error.HTTPError as response:
            return self._take(response)

    def _take(self, response: urllib.request.addinfourl | urllib.error.HTTPError) -> int:
        self.address, self.content = response.geturl(), response.read()
        if response.headers.get_content_type() == "text/html":
            self.page = Page(self.content.decode())
            self.page.check()
        return int(response.status or 0)

    @property
    def path(self) -> str:
        """Where the open page stands."""
        return urlsplit(self.address).path

    def fields(self, form: Element) -> Iterator[Element]:
        """Yield the inputs of a form in order."""
        for each in self.page.elements:
            if each.tag not in INPUTS or not each.get("name") or form not in each.parents:
                continue
            if each.get("type") not in ("submit", "file") and not each.inside("template"):
                yield each

    def untouched(self, form: Element) -> Values:
        """Return what the form posts as it stands."""
        values: Values = {}
        for each in self.fields(form):
            if each.get("type") not in BOXES or "checked" in each.attributes:
                values.setdefault(each.get("name"), []).append(self._value(each))
        return values

    def form(self, action: str) -> Element:
        """Return the first form that posts to an address ending in `action`."""
        forms = [
            f for f in self.page.all("form") if urlsplit(f.get("action")).path.endswith(action)
        ]
        assert forms, f"no form for {action} at {self.path}"
        return forms[0]

    def post(self, action: str, **values: str) -> int:
        """Fill `values` into the form for `action` and send it."""
        form = self.form(action)
        given = {name: [value] for name, value in values.items()}
        return self.open(form.get("action"), self.untouched(form) | given)

    def options(self, select: Element) -> list[Element]:
        """Return what can be chosen in `select`, without the empty line."""
        return [option for option in self.page.options[select] if option.get("value")]

    def _value(self, element: Element) -> str:
        if element.tag == "textarea":
            return element.text.strip("\n")
        if element.tag == "select":
            offered = self.page.options[element]
            chosen = [o for o in offered if "selected" in o.attributes] or offered[:1]
            return chosen[0].get("value") if chosen else ""
        return element.attributes.get("value", "on")


def answer_all(browser: Browser) -> Values:
    """From the hub, answer every question on every page; return the last answer to each name.

    A question's inputs are named after it: `id`, `id.row.column`, `id.comment`, `id.file`.
    """
    answers: Values = {}
    hub = browser.path
    sections = [link for link in browser.page.links() if re.fullmatch(hub + r"[^/]+/[^/]+", link)]
    assert sections, browser.page.links()
    browser.open(sections[0])
    for _ in range(100):
        here = browser.path
        if not here.startswith(hub) or here.count("/") != hub.count("/") + 1:
            return answers
        form = browser.form(here)
        given = _answers(browser, form)
        answers |= given
        status = browser.open(here, browser.untouched(form) | given)
        assert status in (200, 422), (status, browser.path)
    raise AssertionError(f"no end of sections at {browser.path}")


def _answers(browser: Browser, form: Element) -> Values:
    """Return an answer to each question the page shows: the first choice, or something that fits."""
    answers: Values = {}
    for each in browser.fields(form):
        name = each.get("name")
        asked = next((p for p in each.parents if p.get("data-question")), None)
        if asked is None or "hidden" in asked.attributes or name in answers:
            continue
        if re.search(r"\.(revision|choice)$", name):
            continue
        if value := _answer(browser, each):
            answers[name] = [value]
    return answers


def _answer(browser: Browser, element: Element) -> str:
    if element.tag == "select":
        choices = browser.options(element)
        return choices[0].get("value") if choices else ""
    if element.get("type") in BOXES:
        return element.get("value")
    kinds = {"date": "2026-01-31"}
    modes = {
        "decimal": "16",
        "numeric": "16",
        "email": "office@supplier.example",
        "url": "https://supplier.example",
    }
    words = "NO" if element.get("list") else "Ord og tall: 7"
    return kinds.get(element.get("type")) or modes.get(element.get("inputmode"), words)


def sign(browser: Browser, hub: str, name: str) -> None:
    """Sign what was answered; the receipt is then open."""
    assert browser.open(hub + "sign") == 200
    form = browser.form("/sign")
    roles = [e for e in browser.fields(form) if e.get("name") == "signatory_role"]
    role = roles[0] if roles[0].tag == "input" else browser.options(roles[0])[0]
    status = browser.post(
        "/sign",
        signatory_name=name,
        signatory_title="Managing director",
        signatory_role=role.get("value"),
        authority="y",
    )
    assert (status, browser.path) == (200, hub + "receipt"), browser.page.text
