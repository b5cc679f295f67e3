"""How moments are written out in a mail, in the language that is spoken."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import flask_babel
from babel import dates
from flask_babel import gettext

from portal.i18n import format_locale


def day_words(day: date) -> str:
    """Return the day with its weekday, in full."""
    return dates.format_date(day, "full", format_locale())


def zone_words(zone: str) -> str:
    """Return the name of the zone's time, the same in summer and winter."""
    return dates.get_timezone_name(ZoneInfo(zone), locale=str(flask_babel.get_locale()))


def deadline_words(day: date, zone: str) -> str:
    """Return a deadline as it is meant: the day with its weekday, its end, and whose clock counts."""
    text: str = gettext(
        "%(day)s (end of the day, %(zone)s)", day=day_words(day), zone=zone_words(zone)
    )
    return text


def moment_words(moment: datetime, zone: str) -> str:
    """Return date and time in `zone`, with the name of its time."""
    local = moment.astimezone(ZoneInfo(zone))
    day = dates.format_date(local, "long", format_locale())
    return f"{day}, {local:%H:%M}, {zone_words(zone)}"
