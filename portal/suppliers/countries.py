"""Countries by ISO 3166-1 code: their names in any language, and the code behind what people write.

A country is always kept as its alpha-2 code (`XK` for Kosovo beside the official ones). Names come
from Unicode CLDR through Babel; `data/countries.csv` adds the alpha-3 code, the ISO short name and
other names in common use.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

_FILE = Path(__file__).parent / "data" / "countries.csv"
_WRITTEN_IN = ("en", "nb", "nn")
# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "&": "and"})


class _Codes(NamedTuple):
    alpha3: str
    names: tuple[str, ...]


@cache
def _countries() -> Mapping[str, _Codes]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return MappingProxyType(
            {row["alpha2"]: _Codes(row["alpha3"], tuple(row["also"].split(";"))) for row in rows}
        )


def country_codes() -> tuple[str, ...]:
    """Return every alpha-2 code the portal knows, in alphabetical order (249 of ISO and XK)."""
    return tuple(_countries())


def country_name(code: str, locale: str) -> str:
    """Return the name of `code` in `locale` (`nb`, `zh_Hant`, …); in English where it has none.

    An unknown code is returned as it came, so that a page never fails for an old row.
    """
    return _names(locale).get(code) or _names("en").get(code) or code


@cache
def _names(locale: str) -> Mapping[str, str]:
    try:
        return Locale.parse(locale.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return {}


def country_code(text: str) -> str | None:
    """Return the alpha-2 code that `text` means, or None.

    `text` is an alpha-2 or alpha-3 code or a name in English or Norwegian; capitals, accents,
    spaces and punctuation do not matter.
    """
    return _by_text().get(_plain(text))


def suggest(text: str) -> str | None:
    """Return the alpha-2 code whose name is closest to `text`, or None if nothing is close.

    For a sentence such as "Did you mean Norway (NO)?".
    """
    close = get_close_matches(_plain(text), _by_text(), n=1, cutoff=0.75)
    return _by_text()[close[0]] if close else None


def countries_in(text: str, locale: str) -> set[str]:
    """Return the codes of the countries that `text` names in English or in `locale`.

    Names are looked for as they are written, the longest first: "Papua New Guinea" names no Guinea.
    """
    return {code for each in {"en", locale} for code in _named(text, each)}


def _named(text: str, locale: str) -> Iterator[str]:
    pattern, codes = _finder(locale)
    return (codes[found] for found in pattern.findall(text))


@cache
def _finder(locale: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return what finds names of countries in `locale`, and the code behind each."""
    names = {name: code for code in country_codes() if (name := _names(locale).get(code))}
    if locale == "en":
        names |= {
            name: code for code, known in _countries().items() for name in known.names if name
        }
    longest_first = sorted(names, key=len, reverse=True)
    # Chinese puts no space between words.
    edges = ("", "") if locale.startswith("zh") else (r"(?<!\w)", r"(?!\w)")
    choice = "|".join(map(re.escape, longest_first))
    return re.compile(f"{edges[0]}({choice}){edges[1]}"), MappingProxyType(names)


@cache
def _by_text() -> Mapping[str, str]:
    """Map what people write, made plain, to the code. Codes win over names."""
    found: dict[str, str] = {}
    for code, written in _written():
        found.setdefault(_plain(written), code)
    return MappingProxyType(found)


def _written() -> Iterator[tuple[str, str]]:
    countries = _countries()
    for code, known in countries.items():
        yield code, code
        yield code, known.alpha3
    for code, known in countries.items():
        for name in known.names:
            yield code, name
        for locale in _WRITTEN_IN:
            if cldr_name := _names(locale).get(code):
                yield code, cldr_name


def _plain(text: str) -> str:
    folded = text.casefold().translate(_PLAIN_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if c.isalnum())
