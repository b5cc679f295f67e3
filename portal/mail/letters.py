"""One mail: template and language -> subject, text and HTML that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import flask_babel
from flask import current_app
from flask_babel import gettext
from markupsafe import Markup, escape

from portal.i18n import (
    BUYER,
    SOURCE_LOCALE,
    SUPPLIER,
    CatalogueDomain,
    offered_locales,
    speaking,
    text_direction,
)

# Unicode's mark (UAX #9) that a line begins on the right.
_RIGHT_TO_LEFT = "\u200f"
_FOOT = "-----"
_ITEM = "- "
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Letter:
    """What a reader gets; `kept` is the text without the personal link, for the log."""

    subject: str
    text: str
    html: str
    kept: str


@dataclass(frozen=True)
class Part:
    """A piece of the HTML: `kind` is text, list, link, or foot (what stands under the line)."""

    kind: str
    lines: tuple[Markup, ...]


@contextmanager
def speaking_to(audience: str, locale: str) -> Iterator[str]:
    """Speak to "supplier" or "buyer" in `locale` within the block, which gets the locale in fact used."""
    spoken = locale if locale in offered_locales() else SOURCE_LOCALE
    domain: CatalogueDomain = {"supplier": SUPPLIER, "buyer": BUYER}[audience]
    before = flask_babel.get_domain()
    domain.as_default()
    try:
        with speaking(spoken):
            yield spoken
    finally:
        before.as_default()


def compose(template: str, values: Mapping[str, object], link: str) -> Letter:
    """Return the mail `template` in the language that is spoken; `link` is its personal link, or empty."""
    locale = str(flask_babel.get_locale())
    known = {**values, "link": link, "locale": locale, "text_direction": text_direction(locale)}
    subject = _one_line(_rendered([f"email/{template}/subject.txt"], known))
    text = _tidied(_rendered([f"email/{template}/body.txt"], known))
    known |= {"subject": subject, "parts": list(_parts(text, link, _addresses(values)))}
    html = _rendered([f"email/{template}/body.html", "email/letter.html"], known)
    if known["text_direction"] == "rtl":
        text = _turned(text, link)
    kept = text.replace(link, gettext("[personal link]")) if link else text
    return Letter(subject, text, html, kept)


def _rendered(names: list[str], values: Mapping[str, object]) -> str:
    return current_app.jinja_env.select_template(names).render(values)


def _turned(text: str, link: str) -> str:
    """Return a plain text whose every line reads right to left, also one that begins with a Latin name.

    The link stays bare, so that a mail program sees nothing but its address.
    """
    return "\n".join(
        line if line in ("", link, _FOOT) else f"{_RIGHT_TO_LEFT}{line}"
        for line in text.split("\n")
    )


def _one_line(text: str) -> str:
    """Return a header's text: no line breaks, which would begin another header."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _tidied(text: str) -> str:
    """Return the text with one empty line between paragraphs, none in a list or under the line."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    body, line, foot = re.sub(r"\n{3,}", "\n\n", lines).strip().partition(f"\n{_FOOT}\n")
    body = re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", body)
    foot = re.sub(r"\n{2,}", "\n", foot.strip())
    return f"{body}{line}{foot}\n"


def _addresses(values: Mapping[str, object]) -> dict[str, str]:
    """Return what is made a link in the HTML beside the personal one: text -> where it leads."""
    buyer = values.get("buyer")
    mail, privacy = getattr(buyer, "contact_email", ""), getattr(buyer, "privacy_url", "")
    pages = cast("Sequence[str]", values.get("pages", ()))
    found = {page: page for page in pages} | ({mail: f"mailto:{mail}"} if mail else {})
    return {**found, privacy: privacy} if privacy.startswith(("http://", "https://")) else found


def _parts(text: str, link: str, addresses: Mapping[str, str]) -> Iterator[Part]:
    is_foot = False
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        if lines[0] == _FOOT:
            is_foot, lines = True, lines[1:]
        if link and block == link:
            yield Part("link", ())
        elif all(line.startswith(_ITEM) for line in lines):
            yield Part("list", tuple(escape(line.removeprefix(_ITEM)) for line in lines))
        else:
            kind = "foot" if is_foot else "text"
            yield Part(kind, tuple(_linked(line, addresses) for line in lines))


def _linked(line: str, addresses: Mapping[str, str]) -> Markup:
    written = escape(line)
    for text, target in addresses.items():
        shown = escape(text)
        anchor = Markup('<a href="{}">{}</a>').format(target, text)
        written = anchor.join(written.split(shown))
    return written
