"""The buyer's settings of the rating model: their versions, and a change with its effect shown first."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from math import isfinite, nan
from types import MappingProxyType

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext
from pydantic import JsonValue

from portal.database import db_session
from portal.jobs import rate_soon
from portal.ratings import rerating, service, settings_kept
from portal.ratings.models import RatingTrigger
from portal.ratings.reference_kept import reference
from portal.ratings.settings import ModelSettings
from portal.ratings.settings_kept import Misfit
from portal.suppliers.categories import load_categories
from portal.suppliers.sentences import quoted, sentence
from portal.web import clock
from portal.web.buyer import rating_words
from portal.web.buyer.noting import note
from portal.web.buyer.settings_rating_words import FIGURES, in_summary, said_of, told
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.buyer.supplier_words import category_name

pages = buyer_pages("settings_rating", __name__)

_SHOWN_CHANGES = 20


@pages.get("/settings/rating")
def index() -> ResponseReturnValue:
    """Show the settings in force, how far rating again has come, and every version."""
    session = db_session()
    return render_template(
        "buyer/settings/rating.html",
        settings=settings_kept.settings_of(session),
        versions=told(settings_kept.versions(session)),
        rerating=rerating.newest(session),
        sources=reference(session).sources,
        **_words(),
    )


@pages.route("/settings/rating/change", methods=["GET", "POST"])
@may("admin")
def change() -> ResponseReturnValue:
    """Change the settings: first the effect is shown, then it is confirmed."""
    session = db_session()
    before = settings_kept.settings_of(session)
    if request.method != "POST":
        return _page(before, {})
    reason = request.form.get("reason", "").strip()
    problems = {} if reason else {"reason": gettext("A change needs a reason.")}
    try:
        after = settings_kept.changed(before, _changes(before))
    except settings_kept.BadSettings as error:
        return _page(before, request.form, problems=said_of(error) | problems), 422
    if problems:
        return _page(before, request.form, problems=problems), 422
    if "confirm" not in request.form:
        effect = service.changes_with(session, reference(session), clock.now(), after)
        found = list(effect)
        shown = list(islice(found, _SHOWN_CHANGES))
        return _page(before, request.form, shown=shown, count=len(found))
    row = settings_kept.keep(
        session, after, reason=reason, by=signed_in_user().email, now=clock.now()
    )
    rerating.request(session, RatingTrigger.SETTINGS, clock.now())
    note("rating_settings.changed", "buyer", row.buyer_id, {"version": row.version})
    session.commit()
    rate_soon()
    flash(gettext("The settings are in force. Every supplier is being rated again."), "success")
    return redirect(url_for("settings_rating.index"), 303)


def _changes(before: ModelSettings) -> dict[str, JsonValue]:
    """Return the fields of the model as the form gives them.

    Raises:
        BadSettings: a figure is no number.
    """
    given, odd = request.form, list[Misfit]()

    def figure(name: str, key: str) -> float:
        text = given.get(key, "").strip()
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = nan
        if not isfinite(number):
            no_number = sentence("“%(text)s” is not a number.", text=quoted(text))
            odd.append(Misfit(name, no_number if text else sentence("Write a number.")))
        return number

    changes: dict[str, JsonValue] = {name: figure(name, name) for name in FIGURES}
    changes["severities"] = {
        topic: figure(f"severities.{topic}", f"severity.{topic}") for topic in rating_words.TOPICS
    }
    overrides: dict[str, JsonValue] = {
        category: override.to_data()
        for category, override in before.category_overrides.items()
        if f"keep.{category}" in given
    }
    if category := given.get("category", ""):
        overrides[category] = {
            "index": figure(f"category_overrides.{category}.index", "category_index"),
            "reason": given.get("category_reason", "").strip(),
        }
    changes["category_overrides"] = overrides
    if odd:
        raise settings_kept.BadSettings(odd)
    return changes


def _page(
    settings: ModelSettings,
    given: Mapping[str, str],
    *,
    problems: Mapping[str, str] = MappingProxyType({}),
    shown: list[service.Change] | None = None,
    count: int = 0,
) -> str:
    return render_template(
        "buyer/settings/rating_change.html",
        settings=settings,
        given=given,
        problems=problems,
        summary=in_summary(problems),
        shown=shown,
        count=count,
        categories=[(each, category_name(each)) for each in load_categories()],
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "figures": FIGURES,
        "topics": rating_words.TOPICS,
        "category_name": category_name,
        "decimal": rating_words.decimal,
        "number": format_decimal,
    }
