"""A supplier that knows only the pages: follows links, fills in what it sees, presses buttons."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.campaigns.links import Purpose
from portal.campaigns.models import Invitation
from portal.i18n import catalogue
from portal.state import state
from tests.html import Element, Page

FORM_FIELDS = ("input", "select", "textarea")


def link(app: Flask, invitation: Invitation, purpose: Purpose = Purpose.ANSWER) -> str:
    """Return the path of the personal link."""
    with app.app_context():
        return f"/i/{state().links.token(invitation, purpose)}"


class Supplier:
    """A browser with a page open in it; every page is checked."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.response: TestResponse
        self.page: Page

    def open(self, path: str, status: int = 200) -> Page:
        """Fetch a page."""
        return self._take(self.client.get(path, follow_redirects=True), status)

    def press(
        self, button: str = "", status: int = 200, values: Mapping[str, Any] | None = None
    ) -> Page:
        """Press the button with this text, after filling `values` into its form."""
        pressed = self._button(button)
        form = self._form_of(pressed)
        data = {**self.filled(form), **(values or {})}
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value")
        files = any(isinstance(value, tuple) for value in data.values())
        response = self.client.post(
            form.get("action") or self.path,
            data=data,
            content_type="multipart/form-data" if files else None,
            follow_redirects=True,
        )
        return self._take(response, status)

    def follow(self, text: str, status: int = 200) -> Page:
        """Follow the link with this text."""
        text = self._in_its_language(text)
        found = [a for a in self.page.all("a") if text in " ".join(a.text.split())]
        assert found, f"no link {text!r} among {[a.text for a in self.page.all('a')]}"
        return self.open(found[0].get("href"), status)

    @property
    def path(self) -> str:
        """Where the open page stands."""
        return self.response.request.path

    @property
    def heading(self) -> str:
        """The open page's heading."""
        return " ".join(self.page.one("h1").text.split())

    def asked(self) -> list[str]:
        """Return the ids of the questions that can be seen."""
        return [
            e.get("data-question")
            for e in self.page.elements
            if e.get("data-question") and "hidden" not in e.attributes
        ]

    def filled(self, form: Element) -> dict[str, Any]:
        """Return what the form posts if nothing is touched: what is set in hidden questions too."""
        data: dict[str, list[str]] = {}
        for each in self.page.elements:
            name = each.get("name")
            if each.tag not in FORM_FIELDS or not name or not self._belongs(each, form):
                continue
            if each.get("type") in ("radio", "checkbox") and "checked" not in each.attributes:
                continue
            if each.get("type") in ("submit", "file"):
                continue
            data.setdefault(name, []).append(self._value(each))
        return dict(data)

    def answer_page(self, chooser: Any = None) -> dict[str, Any]:
        """Return an answer to every question that can be seen, by field name."""
        values: dict[str, Any] = {}
        for each in self.page.elements:
            name = each.get("name") if each.tag in FORM_FIELDS else ""
            block = next((p for p in each.parents if p.get("data-question")), None)
            if not name or block is None or "hidden" in block.attributes or each.inside("template"):
                continue
            if re.search(r"\.(revision|choice)$", name) or name in values:
                continue
            if (given := self._answer(each, name)) is not None:
                values[name] = given
        return values

    def _answer(self, element: Element, name: str) -> Any:
        if element.tag == "select":
            codes = [option for option in self.page.options[element] if option.get("value")]
            return codes[0].get("value") if codes else None
        if element.get("type") == "file":
            return (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "proof.pdf")
        kinds = {
            "date": "2026-01-31",
            "radio": element.get("value"),
            "checkbox": element.get("value"),
        }
        if element.get("type") in kinds:
            return kinds[element.get("type")]
        if element.get("inputmode") in ("decimal", "numeric"):
            return "16"
        if element.get("list"):
            return "NO"
        by_mode = {"email": "office@supplier.example", "url": "https://supplier.example"}
        return by_mode.get(
            element.get("inputmode"), "CID000000" if name.endswith(".cid") else "Words"
        )

    def _belongs(self, element: Element, form: Element) -> bool:
        outside = element.get("form")
        if element.inside("template"):
            return False
        return outside == form.get("id") if outside else form in element.parents

    def _value(self, element: Element) -> str:
        if element.tag == "textarea":
            return element.text.strip("\n")
        if element.tag == "select":
            options = self.page.options[element]
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            return chosen[0].get("value") if chosen else ""
        default = "on" if element.get("type") in ("checkbox", "radio") else ""
        return element.attributes.get("value", default)

    def _in_its_language(self, text: str) -> str:
        """Return the English `text` as the open page says it."""
        return str(catalogue("supplier", self.page.one("html").get("lang")).ugettext(text) or text)

    def _button(self, text: str) -> Element:
        text = self._in_its_language(text) if text else text
        found = [b for b in self.page.all("button") if text in " ".join(b.text.split())]
        found = [b for b in found if b.get("type") == "submit" and not b.inside("template")]
        assert found, (
            f"no button {text!r} among {[b.text.strip() for b in self.page.all('button')]}"
        )
        return found[-1] if text else found[0]

    def _form_of(self, button: Element) -> Element:
        if button.get("form"):
            return self.page.one("form", id=button.get("form"))
        return next(p for p in reversed(button.parents) if p.tag == "form")

    def _take(self, response: TestResponse, status: int) -> Page:
        for each in (response, *response.history):
            each.request.environ["wsgi.input"].close()  # a large upload is a file on disk
        assert response.status_code == status, (response.status_code, response.text[:3000])
        self.response, self.page = response, Page(response.text)
        self.page.check()
        return self.page


def fill(supplier: Supplier) -> None:
    """Answer section after section until the answers are there to be checked."""
    for _ in range(200):
        if not supplier.page.all("form", id="answers"):
            return
        supplier.press("Save and continue", values=supplier.answer_page())
    raise AssertionError(f"no end of sections at {supplier.path}")
