"""Whose answers run out next: the list, and a new campaign for exactly those on it."""

from __future__ import annotations

import base64
import zlib
from enum import StrEnum
from typing import Any, TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from portal.buyers.queries import local_day
from portal.campaigns.scope import Scope
from portal.database import db_session
from portal.reports.next_due import DueLine, DueWanted, counts, next_due
from portal.reviews.due import Horizon
from portal.suppliers.models import Criticality
from portal.web import clock
from portal.web.buyer import launch_draft
from portal.web.buyer.launch_draft import Draft
from portal.web.buyer.offering import offered
from portal.web.buyer.questionnaire_titles import titles
from portal.web.buyer.shell import buyer_pages, may

pages = buyer_pages("due", __name__)

Code = TypeVar("Code", bound=StrEnum)
HORIZONS = {
    Horizon.EXPIRED: lazy_gettext("Expired"),
    Horizon.DAYS_30: lazy_gettext("Expired or due within 30 days"),
    Horizon.DAYS_60: lazy_gettext("Expired or due within 60 days"),
    Horizon.DAYS_90: lazy_gettext("Expired or due within 90 days"),
    Horizon.ALL: lazy_gettext("All answers"),
}
_ON_A_PAGE = 50
# The draft of a launch is kept in a cookie, which holds 4 kB with everything else.
_MOST_BYTES = 2000


@pages.get("/due")
def index() -> ResponseReturnValue:
    """Show whose answers have run out or will, by questionnaire and horizon, and the list."""
    today = local_day(db_session(), clock.now())
    wanted, page = _wanted(request.args), _page()
    lines = next_due(db_session(), today, wanted)
    start = (page - 1) * _ON_A_PAGE
    counted, named = counts(next_due(db_session(), today, DueWanted()), today), titles()
    return render_template(
        "buyer/due/index.html",
        wanted=wanted,
        counts=counted,
        asked=[(each, named[each]) for each in counted],
        lines=lines[start : start + _ON_A_PAGE],
        first=start + 1,
        total=len(lines),
        page=page,
        horizons=HORIZONS,
        titles=named,
        due_url=_url,
        can_ask=bool(lines) and wanted.questionnaire_id in offered(),
    )


@pages.post("/due/ask")
@may("admin", "buyer")
def ask() -> ResponseReturnValue:
    """Begin a launch that asks one questionnaire of everybody on the list; nothing is sent yet."""
    wanted = _wanted(request.form)
    if wanted.questionnaire_id not in offered():
        abort(400)
    lines = next_due(db_session(), local_day(db_session(), clock.now()), wanted)
    if not lines:
        flash(gettext("Nobody is on the list any more."), "error")
        return redirect(_url(wanted), 303)
    scope = _only(lines)
    if len(base64.b64encode(zlib.compress(str(scope).encode()))) > _MOST_BYTES:
        sentence = gettext(
            "These are too many suppliers to name one by one (%(count)s). Narrow the list first, or "
            "launch a campaign by country, category or criticality: it leaves out whose answers are "
            "still valid.",
            count=len(lines),
        )
        flash(sentence, "error")
        return redirect(_url(wanted), 303)
    asked = (wanted.questionnaire_id,)
    launch_draft.begin(Draft(questionnaires=asked, scope_rule=str(scope), asks_valid=True))
    return redirect(url_for("campaign_launch.what"), 303)


def _only(lines: list[DueLine]) -> Scope:
    return Scope(key=tuple(sorted({line.supplier.key for line in lines})))


def _url(wanted: DueWanted, page: int = 1, **changes: str) -> str:
    query: dict[str, Any] = {
        "questionnaire": wanted.questionnaire_id,
        "horizon": "" if wanted.horizon is Horizon.ALL else wanted.horizon.value,
        "criticality": wanted.criticality,
        "page": str(page) if page > 1 else "",
    } | changes
    return url_for("due.index", **{name: text for name, text in query.items() if text})


def _page() -> int:
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and int(number[:6])):
        abort(400)
    return int(number[:6])


def _wanted(given: MultiDict[str, str]) -> DueWanted:
    """Return what the address or the form asks for; 400 for a code there is not."""
    return DueWanted(
        given.get("questionnaire", ""),
        _code(Horizon, given.get("horizon", "")) or Horizon.ALL,
        (_code(Criticality, given.get("criticality", "")) or ""),
    )


def _code(kind: type[Code], text: str) -> Code | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        abort(400)
