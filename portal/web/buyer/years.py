"""Two years side by side: two campaigns, or the twelve months up to each of two days."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import own_buyer
from portal.campaigns.models import Campaign
from portal.database import db_session
from portal.reports.two_years import Year, campaign_years, two_years, year_until
from portal.web import clock
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.year_words import table, year_name

pages = buyer_pages("years", __name__)


class _BadDays(Exception):
    """The two days cannot be compared; the sentence says why."""


@pages.get("/reports/years")
def show() -> ResponseReturnValue:
    """Compare two campaigns (`first`, `second`) or two days (`first_day`, `second_day`)."""
    campaigns = db_session().scalars(sa.select(Campaign).order_by(Campaign.launched_at.desc()))
    listed, given, error, chosen = list(campaigns), request.args, "", None
    try:
        chosen = _days() or _campaigns(listed)
    except _BadDays as problem:
        error = str(problem)
    page = render_template(
        "buyer/reports/years.html",
        campaigns=listed,
        chosen=[(year, year_name(year)) for year in chosen or ()],
        rows=table(two_years(db_session(), *chosen)) if chosen else [],
        given=given,
        error=error,
    )
    return page, 422 if error else 200


def _days() -> tuple[Year, Year] | None:
    """Return the years up to the two days of the address, None where it names none.

    Raises:
        _BadDays: only one is a day, or they do not follow each other.
    """
    texts = [request.args.get(name, "").strip() for name in ("first_day", "second_day")]
    if not any(texts):
        return None
    try:
        first, second = map(date.fromisoformat, texts)
    except ValueError:
        raise _BadDays(gettext("Choose both days, the earlier one first.")) from None
    if not date(2000, 1, 1) <= first < second < date(9000, 1, 1):
        raise _BadDays(gettext("Choose both days, the earlier one first."))
    zone = own_buyer(db_session()).zone
    return year_until(first, zone), year_until(second, zone)


def _campaigns(listed: list[Campaign]) -> tuple[Year, Year] | None:
    """Return the two campaigns of the address, else the newest two; None where there are not two."""
    texts = [request.args.get(name, "") for name in ("first", "second")]
    if any(texts):
        if not all(text.isascii() and text.isdecimal() for text in texts):
            abort(400)
        first, second = (row_or_404(Campaign, int(text[:10])) for text in texts)
    elif len(listed) > 1:
        second, first = listed[:2]
    else:
        return None
    return campaign_years(first, second, clock.now())
