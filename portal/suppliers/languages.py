"""The language in which somebody is written to whose own is not known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portal.suppliers.models import Contact

OTHERWISE = "en"
# A country's main language, where there is one and suppliers are served in it. Left out are
# countries with several, such as Switzerland, Belgium, Finland, Canada and Hong Kong.
_SPOKEN_IN = {
    "nb": "NO SJ",
    "sv": "SE",
    "da": "DK",
    "de": "DE AT LI",
    "fr": "FR MC",
    "nl": "NL",
    "cs": "CZ",
    "pl": "PL",
    "es": "ES MX AR CL CO CR CU DO EC GT HN NI PA SV UY VE",
    "zh_Hans": "CN",
    "zh_Hant": "TW",
    "ko": "KR",
    "he": "IL",
}
_MAIN: Mapping[str, str] = MappingProxyType(
    {country: locale for locale, countries in _SPOKEN_IN.items() for country in countries.split()}
)


def main_language(country: str) -> str:
    """Return the main language of `country` (ISO alpha-2); English where it has several or another."""
    return _MAIN.get(country, OTHERWISE)


def mail_locale(contact: Contact) -> str:
    """Return the language of mails to `contact`: its own, else its country's main language."""
    return contact.locale or main_language(contact.supplier.country)
