"""Languages: what is offered, which one a reader gets, and the catalogues behind it.

Catalogues are `.po` files read at first use and kept; there is no build step.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from io import BytesIO
from typing import cast

import flask_babel
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request

from portal.paths import resource_dir

SOURCE_LOCALE = "en"
# In the order the switch lists them.
SUPPLIER_LOCALES = ("en", "nb")
BUYER_LOCALES = ("en", "nb")

# Where a text is looked for when a domain has none: buyer pages share the suppliers' words.
FALLBACK = {"buyer": "supplier"}


@cache
def catalogue(domain: str, locale: str) -> NullTranslations:
    """Return the translations of `domain` in `locale`; English where there is no catalogue."""
    path = resource_dir("translations") / locale / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        translations: NullTranslations = NullTranslations()
    else:
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=locale, domain=domain))
        compiled.seek(0)
        translations = Translations(compiled, domain)
    if domain in FALLBACK:
        translations.add_fallback(catalogue(FALLBACK[domain], locale))
    return translations


class CatalogueDomain(flask_babel.Domain):  # type: ignore[misc]  # not typed
    """A gettext domain whose texts come from `catalogue`."""

    def get_translations(self) -> NullTranslations:
        """Return the translations for the reader of this request."""
        return _spoken(self.domain[0], flask_babel.get_locale())


@cache
def _spoken(domain: str, locale: Locale | None) -> NullTranslations:
    """Return `catalogue` for a locale that is parsed already: asked for every text of a page."""
    return catalogue(domain, str(locale))


SUPPLIER = CatalogueDomain(domain="supplier")
BUYER = CatalogueDomain(domain="buyer")


class _Babel(flask_babel.Babel):  # type: ignore[misc]  # not typed
    """Flask-Babel with the suppliers' domain as the one that needs no asking for."""

    domain_instance = SUPPLIER


def question_translator(locale: str) -> Callable[[str, str], str]:
    """Return the function (context, English text) -> text in `locale` for questionnaire content."""
    texts = catalogue("questionnaires", locale)

    def translate(context: str, text: str) -> str:
        return texts.upgettext(context, text) if text else text

    return translate


def choose_locale() -> str:
    """Return the reader's language: chosen for this request, else the browser's, else English."""
    chosen = g.get("locale")
    if chosen:
        return cast("str", chosen)
    if not has_request_context():
        return SOURCE_LOCALE
    return request.accept_languages.best_match(SUPPLIER_LOCALES, SOURCE_LOCALE) or SOURCE_LOCALE


def use_locale(locale: str) -> None:
    """Serve the rest of this request in `locale`."""
    g.locale = locale if locale in SUPPLIER_LOCALES else SOURCE_LOCALE
    flask_babel.refresh()


def speaking(locale: str) -> AbstractContextManager[None]:
    """Return a block in which texts come out in `locale`: for mails."""
    return cast("AbstractContextManager[None]", flask_babel.force_locale(locale))


def format_locale() -> str:
    """Return the locale in which the reader's dates, times and numbers are written.

    English is written the British way, as its words are: the day before the month, 24 hours.
    """
    locale = str(flask_babel.get_locale())
    return "en_GB" if locale == SOURCE_LOCALE else locale


def text_direction(locale: str) -> str:
    """Return "ltr" or "rtl"."""
    return Locale.parse(locale).text_direction


def own_name(locale: str) -> str:
    """Return the language's name in itself, as a language switch lists it."""
    name = Locale.parse(locale).get_display_name(locale) or locale
    return name[:1].upper() + name[1:]


def init_app(app: Flask) -> None:
    """Let pages and mails of `app` speak every offered language."""
    # Templates break lines where they like; the catalogues hold each text on one.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.config.setdefault("BABEL_DEFAULT_LOCALE", SOURCE_LOCALE)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(resource_dir("translations")))
    _Babel(app, locale_selector=choose_locale)

    @app.context_processor
    def language() -> dict[str, object]:
        locale = str(flask_babel.get_locale())
        return {
            "locale": locale.replace("_", "-"),
            "text_direction": text_direction(locale),
            "offered_locales": [(name, own_name(name)) for name in SUPPLIER_LOCALES],
        }
