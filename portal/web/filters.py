"""How values are written on a page: dates, times, numbers, countries."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import flask_babel
from babel import dates, numbers
from flask import Flask

from portal.i18n import own_name
from portal.suppliers.countries import country_name


def _locale() -> str:
    return str(flask_babel.get_locale())


def long_date(value: date) -> str:
    """Return the date written out with its weekday, for deadlines."""
    return dates.format_date(value, "full", _locale())


def short_date(value: date | datetime) -> str:
    """Return the date in the reader's short form with a four-digit year or month name."""
    return dates.format_date(value, "medium", _locale())


def moment(value: datetime, zone: str = "UTC") -> str:
    """Return date and time in `zone`, with the zone's short name."""
    return dates.format_datetime(value, "d MMM y HH:mm z", ZoneInfo(zone), _locale())


def country(code: str) -> str:
    """Return the country's name in the reader's language."""
    return country_name(code, _locale())


def money(value: Decimal | None, currency: str) -> str:
    """Return an amount as the reader writes it, with its currency's code; nothing as empty."""
    if value is None:
        return ""
    written = numbers.format_decimal(value, "#,##0.00", _locale())
    return f"{written} {currency}".strip()


def init_app(app: Flask) -> None:
    """Offer the filters to the templates of `app`."""
    app.jinja_env.filters.update(
        long_date=long_date, short_date=short_date, moment=moment, country=country, money=money
    )
    app.jinja_env.filters["language_name"] = own_name
