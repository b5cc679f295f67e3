"""One posted text -> a number, a date, a country or a cleaned text, or a problem."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from math import isfinite

from babel import Locale

from portal.questionnaires.problems import Problem

MAX_TEXT = 4000
# Canonical JSON (RFC 8785) holds no integer beyond 2^53: such an answer could not be sealed.
LARGEST = 999_999_999_999_999
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# 1,000 and 1.000 are a thousand: nobody writes three zeros after a decimal sign. 0,125 is not.
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(([,.])\d{3})(\2\d{3})*")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
# Codes that CLDR has names for beside the countries: unions, parts of countries, tests.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
EMAIL = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]+\.[^@\s,;.]{2,}")
URL = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(:\d+)?([/?#]\S*)?")


def read_number(
    name: str,
    text: str,
    low: float | None = None,
    high: float | None = None,
    *,
    grouped: bool = True,
) -> int | float | Problem:
    """Return the number written in `text`, whole ones as int; commas and spaces are understood.

    `grouped` says that 1.200 may be one thousand two hundred, as it is for counts.
    """
    plain = SPACES.sub("", text).replace("\u2212", "-")
    if grouped and THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "").replace(".", "")
    elif "," in plain and "." in plain:
        decimal = max(plain, key=lambda sign: plain.rfind(sign) if sign in ",." else -1)
        plain = plain.replace("." if decimal == "," else ",", "")
    plain = plain.replace(",", ".")
    if not NUMBER.fullmatch(plain) or not isfinite(number := float(plain)):
        return Problem(name, "not_a_number", {"given": text[:80]})
    low = -LARGEST if low is None else max(low, -LARGEST)
    high = LARGEST if high is None else min(high, LARGEST)
    if number < low:
        return Problem(name, "below_min", {"min": low})
    if number > high:
        return Problem(name, "above_max", {"max": high})
    return int(number) if number.is_integer() else number


def read_date(
    name: str, text: str, *, not_future: bool = False, today: date | None = None
) -> str | Problem:
    """Return the date as ISO text. Day.month.year is understood too."""
    for form in DATE_FORMATS:
        try:
            found = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if not 1900 <= found.year <= 2200:
            break
        if not_future and today is not None and found > today:
            return Problem(name, "in_future")
        return found.isoformat()
    return Problem(name, "not_a_date")


def read_text(name: str, text: str, form: str | None = None) -> str | Problem:
    """Return the text without control characters and outer space, checked against `form`."""
    clean = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(clean) > MAX_TEXT:
        return Problem(name, "too_long", {"max": MAX_TEXT, "length": len(clean)})
    check = FORMS.get(form or "")
    return check(name, clean) if check and clean else clean


def _email(name: str, text: str) -> str | Problem:
    return text if EMAIL.fullmatch(text) else Problem(name, "not_an_email")


def _url(name: str, text: str) -> str | Problem:
    address = text if "://" in text else f"https://{text}"
    return address if URL.fullmatch(address) else Problem(name, "not_a_url")


FORMS: dict[str, Callable[[str, str], str | Problem]] = {"email": _email, "url": _url}


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of the countries that can be chosen: ISO 3166-1 alpha-2, and XK."""
    territories = map(str, Locale("en").territories)
    return frozenset(code for code in territories if re.fullmatch("[A-Z]{2}", code)) - NO_COUNTRIES


def read_country(name: str, text: str) -> str | Problem:
    """Return the ISO code of a country, in capitals."""
    code = text.strip().upper()
    return code if code in country_codes() else Problem(name, "bad_country", {"given": text[:80]})
