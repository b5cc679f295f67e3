"""Risk by topic over all suppliers: the heat map, each number the way to the suppliers behind it."""

from __future__ import annotations

from typing import Any

import flask_babel
from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.reports.topic_map import LEVELS, By, topic_map
from portal.suppliers.countries import country_name
from portal.web.buyer.rating_words import topic_name
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.supplier_words import BANDS, category_name

pages = buyer_pages("topics", __name__)

# More columns than a screen takes; the others are a link away.
_COLUMNS = 6


@pages.get("/suppliers/topics")
def index() -> ResponseReturnValue:
    """Show the map by category, country or band (`?by=`); `?all=yes` has every column."""
    try:
        by = By(request.args.get("by", By.CATEGORY))
    except ValueError:
        abort(400)
    found = topic_map(db_session(), by)
    wanted = len(found.groups) if request.args.get("all") == "yes" else _COLUMNS
    return render_template(
        "buyer/suppliers/topics.html",
        found=found,
        by=by,
        shown=found.groups[:wanted],
        hidden=len(found.groups[wanted:]),
        group_name=lambda group: _name(by, group),
        suppliers=lambda group="", **narrowed: _suppliers(by, group, narrowed),
        groupings={
            By.CATEGORY: gettext("By category"),
            By.COUNTRY: gettext("By country"),
            By.BAND: gettext("By band"),
        },
        levels=LEVELS,
        level_names=BANDS,
        topic_name=topic_name,
    )


def _name(by: By, group: str) -> str:
    match by:
        case By.CATEGORY:
            return category_name(group)
        case By.COUNTRY:
            return country_name(group, str(flask_babel.get_locale()))
        case By.BAND:
            return str(BANDS[group])


def _suppliers(by: By, group: str, narrowed: dict[str, str]) -> str:
    """Return the address of the active suppliers of a group (empty: of all), narrowed further."""
    query: dict[str, Any] = {**narrowed, "state": "active", "kind": "supplier"}
    if group:
        query[by.value] = group
    return url_for("suppliers.index", **query)
