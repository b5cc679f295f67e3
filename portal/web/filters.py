"""How values are written on a page: dates, times, numbers, countries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, numbers
from flask import Flask
from markupsafe import Markup, escape

from portal.i18n import format_locale, isolated, language_name, language_tag
from portal.suppliers.countries import country_name


def long_date(value: date) -> str:
    """Return the date written out with its weekday, for deadlines."""
    return _long_date(value, format_locale())


@lru_cache(maxsize=1024)
def _long_date(value: date, locale: str) -> str:
    """Return the same in `locale`: every page of a survey names its deadline."""
    return dates.format_date(value, "full", locale)


def short_date(value: date | datetime) -> str:
    """Return the date in the reader's short form with a four-digit year or month name."""
    return dates.format_date(value, "medium", format_locale())


def moment(value: datetime, zone: str = "UTC") -> str:
    """Return date and time in `zone`, with the zone's short name."""
    local = value.astimezone(ZoneInfo(zone))
    time = dates.format_time(local, "HH:mm z", locale=format_locale())
    return f"{short_date(local)}, {isolated(time)}"


def country(code: str) -> str:
    """Return the country's name in the reader's language."""
    return country_name(code, format_locale())


def money(value: Decimal | None, currency: str) -> str:
    """Return an amount as the reader writes it, with its currency's code; nothing as empty."""
    if value is None:
        return ""
    written = numbers.format_decimal(value, "#,##0.00", format_locale())
    return f"{written} {currency}".strip()


def options(pairs: Sequence[tuple[str, str]], chosen: object = "") -> Markup:
    """Return (value, label) pairs as `<option>` elements; those of a long list are written once."""
    value = f'value="{escape(chosen)}"'
    written = _options(tuple(pairs)).replace(f"{value}>", f"{value} selected>", 1)
    return Markup(written)  # noqa: S704 - every value and label was escaped


@lru_cache(maxsize=64)
def _options(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs
    )


@lru_cache(maxsize=64)
def languages(pairs: tuple[tuple[str, str], ...], chosen: str) -> Markup:
    """Return (locale, own name) pairs as `<option>` elements, each in its own language."""
    option = Markup('<option value="{}" lang="{}"{}>{}</option>')
    return Markup("").join(
        option.format(locale, tag, Markup(" selected") if tag == chosen else "", name)
        for locale, name in pairs
        for tag in [language_tag(locale)]
    )


def init_app(app: Flask) -> None:
    """Offer the filters to the templates of `app`."""
    app.jinja_env.filters.update(
        long_date=long_date,
        short_date=short_date,
        moment=moment,
        country=country,
        money=money,
        options=options,
        languages=languages,
    )
    app.jinja_env.filters["language_name"] = language_name
