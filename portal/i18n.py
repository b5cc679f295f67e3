"""Languages: what is offered, which one a reader gets, and the catalogues behind it.

Catalogues are `.po` files read at first use and kept; there is no build step. A language is offered
to suppliers when all of its texts are there, and disappears from every list when one is not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import cache
from typing import cast

import flask_babel
from babel import Locale
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request

from portal.catalogues.complete import catalogue_file, is_complete
from portal.catalogues.texts import ISOLATED, Texts
from portal.catalogues.uncertain import Uncertain, uncertain
from portal.paths import resource_dir

SOURCE_LOCALE = "en"
# What suppliers are promised, in the order the switch lists them.
PROMISED_LOCALES = (
    "en",
    "nb",
    "sv",
    "da",
    "de",
    "fr",
    "nl",
    "cs",
    "pl",
    "es",
    "zh_Hans",
    "zh_Hant",
    "ko",
    "he",
)
BUYER_LOCALES = ("en", "nb")
# What a supplier meets: all of it must be there before a language is offered.
SUPPLIER_DOMAINS = ("supplier", "questionnaires")

# Where a text is looked for when a domain has none: buyer pages share the suppliers' words.
FALLBACK = {"buyer": "supplier"}

# What browsers say for a language that we name otherwise.
_SAID = {"no": "nb", "nn": "nb", "iw": "he"}
_TRADITIONAL = {"tw", "hk", "mo", "hant"}


@cache
def offered_locales() -> tuple[str, ...]:
    """Return the languages suppliers are served in: those promised whose catalogues are complete."""
    folder = resource_dir("translations")
    return tuple(
        locale
        for locale in PROMISED_LOCALES
        if locale == SOURCE_LOCALE
        or all(is_complete(folder, domain, locale) for domain in SUPPLIER_DOMAINS)
    )


@cache
def catalogue(domain: str, locale: str) -> NullTranslations:
    """Return the translations of `domain` in `locale`; English where there is no catalogue."""
    translations = Texts(
        catalogue_file(resource_dir("translations"), domain, locale),
        domain,
        right_to_left=text_direction(locale) == "rtl",
    )
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


def uncertain_texts(locale: str) -> tuple[Uncertain, ...]:
    """Return what suppliers read in `locale` that its translator was not sure of."""
    folder = resource_dir("translations")
    return tuple(each for domain in SUPPLIER_DOMAINS for each in uncertain(folder, domain, locale))


def choose_locale() -> str:
    """Return the reader's language: chosen for this request, else the browser's, else English."""
    chosen = g.get("locale")
    if chosen:
        return cast("str", chosen)
    return browsers_locale(offered_locales()) or SOURCE_LOCALE


def use_locale(locale: str, otherwise: str = SOURCE_LOCALE) -> None:
    """Serve the rest of this request in what `served_locale` returns."""
    g.locale = served_locale(locale, otherwise)
    flask_babel.refresh()


def served_locale(locale: str, otherwise: str = SOURCE_LOCALE) -> str:
    """Return the language somebody is served in who is to have `locale`.

    If that is not known or not offered it is the browser's, else `otherwise`, else English.
    """
    offered = offered_locales()
    if locale in offered:
        return locale
    wanted = (browsers_locale(offered), otherwise)
    return next((each for each in wanted if each in offered), SOURCE_LOCALE)


def browsers_locale(offered: Collection[str]) -> str:
    """Return which of `offered` the browser likes best; empty if none, or outside a request."""
    if not has_request_context():
        return ""
    wanted = (meant(tag) for tag, quality in request.accept_languages if quality > 0)
    return next((locale for locale in wanted if locale in offered), "")


def meant(tag: str) -> str:
    """Return the locale that a language tag (RFC 5646, like zh-TW) stands for here."""
    language, *rest = tag.replace("_", "-").lower().split("-")
    if language == "zh":
        return "zh_Hant" if _TRADITIONAL.intersection(rest) and "hans" not in rest else "zh_Hans"
    return _SAID.get(language, language)


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


def isolated(text: str) -> str:
    """Return `text` for a line of the reader's language: among words written right to left, kept together."""
    is_right_to_left = text_direction(str(flask_babel.get_locale())) == "rtl"
    return ISOLATED.format(text) if is_right_to_left else text


def language_tag(locale: str) -> str:
    """Return the locale as HTML and mails name it: zh_Hans is zh-Hans."""
    return locale.replace("_", "-")


def own_name(locale: str) -> str:
    """Return the language's name in itself, as a language switch lists it."""
    parsed = Locale.parse(locale)
    name = parsed.languages.get(locale) or parsed.get_display_name(locale) or locale
    return name[:1].upper() + name[1:]


def language_name(locale: str) -> str:
    """Return the language's name as the reader writes it within a sentence: "tsjekkisk" for "cs"."""
    reader = str(flask_babel.get_locale() or SOURCE_LOCALE)
    return Locale.parse(locale).get_display_name(reader) or own_name(locale)


@cache
def _named(locales: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (locale, own name) of each: every page lists them."""
    return tuple((locale, own_name(locale)) for locale in locales)


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
            "locale": language_tag(locale),
            "text_direction": text_direction(locale),
            "offered_locales": _named(offered_locales()),
        }
