"""What one cell or form field of a supplier means: text in, value out, or a sentence why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.numbers import list_currencies
from email_validator import EmailNotValidError, validate_email

from portal.suppliers.amounts import amount
from portal.suppliers.categories import load_categories
from portal.suppliers.countries import country_code, country_name, suggest
from portal.suppliers.models import Channel, CompanySize, Criticality, SupplierKind
from portal.suppliers.sentences import Refused, quoted, sentence

KEY_LENGTH, NAME_LENGTH, ORG_NUMBER_LENGTH, PHONE_LENGTH = 64, 255, 64, 64

_CHANNELS = {
    "producer": Channel.PRODUCER,
    "produsent": Channel.PRODUCER,
    "dealer": Channel.DEALER,
    "forhandler": Channel.DEALER,
}
_KINDS = {
    "supplier": SupplierKind.SUPPLIER,
    "leverandør": SupplierKind.SUPPLIER,
    "agreement_owner": SupplierKind.AGREEMENT_OWNER,
    "agreement owner": SupplierKind.AGREEMENT_OWNER,
    "avtaleeier": SupplierKind.AGREEMENT_OWNER,
}
# Band, least and most people in it; 0 for no limit.
SIZES = (
    (CompanySize.MICRO, 1, 9),
    (CompanySize.SMALL, 10, 49),
    (CompanySize.MEDIUM, 50, 249),
    (CompanySize.LARGE, 250, 999),
    (CompanySize.LARGER, 1000, 4999),
    (CompanySize.LARGEST, 5000, 0),
)
# Direction marks in a name could turn a sentence or a page round.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#I/T", "#VERDI!"}
)


@dataclass(frozen=True)
class Reading:
    """How cells are read: the locales contacts may have, and the locale of names in suggestions."""

    locales: tuple[str, ...]
    locale: str = "en"


def clean(text: str) -> str:
    """Return `text` on one line, without control characters and outer spaces."""
    if text.isprintable():  # the usual case, and quick: nothing to take out
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in text
        if c not in _TURNING
    )
    return " ".join(kept.split())


def value(field: str, text: str, reading: Reading) -> object:
    """Return what `text` means in the import column `field`; `text` is clean and not empty.

    Raises:
        Refused: it means nothing there.
    """
    if text.upper() in _SPREADSHEET_ERRORS:
        raise Refused(
            sentence("the cell holds the spreadsheet error %(text)s. Correct it.", text=text)
        )
    return _VALUES[field](text, reading)


def _short(limit: int) -> Callable[[str, Reading], str]:
    def read(text: str, _reading: Reading) -> str:
        if len(text) > limit:
            raise Refused(sentence("the text is longer than %(limit)s characters.", limit=limit))
        return text

    return read


def _country(text: str, reading: Reading) -> str:
    code = country_code(text)
    if code:
        return code
    close = suggest(text)
    if close:
        raise Refused(
            sentence(
                "the country '%(text)s' is not known. Did you mean %(name)s (%(code)s)?",
                text=quoted(text),
                name=country_name(close, reading.locale),
                code=close,
            )
        )
    raise Refused(
        sentence(
            "the country '%(text)s' is not known. "
            "Write its two-letter ISO code or its name in English or Norwegian.",
            text=quoted(text),
        )
    )


def _countries(text: str, reading: Reading) -> list[str]:
    """Return the codes in order of the alphabet, each once."""
    parts = [part.strip() for part in re.split(r"[,;/|]", text) if part.strip()]
    found: set[str] = set()
    for part in parts:
        # "CN VN" is two countries, "South Korea" is one.
        words = [part] if country_code(part) else part.split()
        unknown = [word for word in words if not country_code(word)]
        found.update(_country(part if unknown else word, reading) for word in words)
    return sorted(found)


@cache
def _categories() -> Mapping[str, str]:
    """Map ids and names in both languages, folded, to ids; ids win."""
    categories = load_categories().values()
    found = {category.id.casefold(): category.id for category in categories}
    for category in categories:
        for name in (category.name_en, category.name_nb):
            found.setdefault(name.casefold(), category.id)
    return MappingProxyType(found)


def _category(text: str, reading: Reading) -> str:
    known = _categories()
    folded = text.casefold()
    if folded in known:
        return known[folded]
    close = get_close_matches(folded, known, n=1, cutoff=0.6)
    if close:
        found = load_categories()[known[close[0]]]
        raise Refused(
            sentence(
                "the category '%(text)s' is not known. Did you mean %(name)s (%(id)s)?",
                text=quoted(text),
                name=found.name(reading.locale),
                id=found.id,
            )
        )
    raise Refused(
        sentence(
            "the category '%(text)s' is not known. "
            "Write a category's id or name, or leave the cell empty.",
            text=quoted(text),
        )
    )


def _criticality(text: str, _reading: Reading) -> Criticality:
    if text.upper() in Criticality.__members__:
        return Criticality(text.upper())
    raise Refused(sentence("the criticality '%(text)s' is not A, B or C.", text=quoted(text)))


def _channel(text: str, _reading: Reading) -> Channel:
    channel = _CHANNELS.get(text.casefold())
    if channel:
        return channel
    raise Refused(
        sentence(
            "the channel '%(text)s' is not known. Write producer or dealer.", text=quoted(text)
        )
    )


def _size(text: str, _reading: Reading) -> CompanySize:
    """Return the band of a number of people, or the one that its id or its limits name."""
    plain = text.casefold().replace("–", "-").replace("+", "")
    for size, first, last in SIZES:
        if plain in (size.value, f"{first}-{last}") or (
            re.fullmatch(r"\d{1,7}", plain)
            and first <= int(plain)
            and (not last or int(plain) <= last)
        ):
            return size
    raise Refused(
        sentence(
            "the size '%(text)s' is not known. Write how many people work there, like 34 or 10-49.",
            text=quoted(text),
        )
    )


def _kind(text: str, _reading: Reading) -> SupplierKind:
    kind = _KINDS.get(text.casefold())
    if kind:
        return kind
    raise Refused(
        sentence(
            "the kind '%(text)s' is not known. Write supplier or agreement_owner.",
            text=quoted(text),
        )
    )


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(list_currencies())


def _currency(text: str, _reading: Reading) -> str:
    code = text.upper()
    if code in _currency_codes():
        return code
    raise Refused(
        sentence(
            "the currency '%(text)s' is not known. Write its three letters, like NOK or EUR.",
            text=quoted(text),
        )
    )


def _email(text: str, _reading: Reading) -> str:
    """Return the address as mail servers take it; whether the domain exists is not asked."""
    if re.search(r"[\s,;]+\S+@", text):
        raise Refused(
            sentence(
                "the cell contact_email holds more than one address. "
                "Give each address a row of its own with the same key."
            )
        )
    try:
        # Names under .test are for trial installations; they reach nobody.
        found = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError:
        raise Refused(
            sentence(
                "the e-mail address '%(text)s' cannot be used. Write it like name@company.com.",
                text=quoted(text),
            )
        ) from None
    return found.ascii_email or found.normalized


def _locale(text: str, reading: Reading) -> str:
    wanted = text.replace("_", "-").casefold()
    for locale in reading.locales:
        if wanted in _written_locale(locale) or wanted.startswith(f"{locale.casefold()}-"):
            return locale
    raise Refused(
        sentence(
            "the language '%(text)s' is not offered. Choose one of: %(locales)s.",
            text=quoted(text),
            locales=", ".join(reading.locales),
        )
    )


@cache
def _written_locale(locale: str) -> frozenset[str]:
    """Return how people write `locale`: its code, its name in English and in itself."""
    parsed = Locale.parse(locale.replace("-", "_"))
    names = {parsed.get_display_name("en"), parsed.get_display_name(locale.replace("-", "_"))}
    if locale == "nb":
        names |= {"no", "nn", "norsk", "norwegian", "bokmål"}
    return frozenset(
        {locale.replace("_", "-").casefold(), *(name.casefold() for name in names if name)}
    )


_VALUES: Mapping[str, Callable[[str, Reading], object]] = {
    "key": _short(KEY_LENGTH),
    "name": _short(NAME_LENGTH),
    "kind": _kind,
    "org_number": _short(ORG_NUMBER_LENGTH),
    "country": _country,
    "production_countries": _countries,
    "category": _category,
    "criticality": _criticality,
    "spend": lambda text, _reading: amount(text),
    "currency": _currency,
    "channel": _channel,
    "size": _size,
    "contact_name": _short(NAME_LENGTH),
    "contact_email": _email,
    "contact_locale": _locale,
    "contact_phone": _short(PHONE_LENGTH),
}
