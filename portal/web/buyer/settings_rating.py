"""The buyer's settings of the rating model: their versions, and a change with its effect shown first."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from pydantic import JsonValue

from portal.database import db_session
from portal.jobs import rate_soon
from portal.ratings import rerating, service, settings_kept
from portal.ratings.models import RatingTrigger
from portal.ratings.reference_kept import reference
from portal.ratings.settings import ModelSettings
from portal.suppliers.categories import load_categories
from portal.web import clock
from portal.web.buyer import rating_words
from portal.web.buyer.noting import note
from portal.web.buyer.settings_rating_words import FIGURES, told
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
    try:
        after = settings_kept.changed(before, _changes(before))
    except settings_kept.BadSettings as error:
        return _page(before, request.form, problem=str(error)), 422
    if not reason:
        return _page(before, request.form, problem=gettext("A change needs a reason.")), 422
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
    given = request.form
    changes: dict[str, JsonValue] = {name: _figure(name, given.get(name, "")) for name in FIGURES}
    changes["severities"] = {
        topic: int(_figure(topic, given.get(f"severity.{topic}", "")))
        for topic in rating_words.TOPICS
    }
    overrides: dict[str, JsonValue] = {
        category: override.to_data()
        for category, override in before.category_overrides.items()
        if f"keep.{category}" in given
    }
    if category := given.get("category", ""):
        overrides[category] = {
            "index": _figure("index", given.get("category_index", "")),
            "reason": given.get("category_reason", "").strip(),
        }
    changes["category_overrides"] = overrides
    return changes


def _figure(name: str, text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        said = FIGURES.get(name) or rating_words.TOPICS.get(name, name)
        raise settings_kept.BadSettings(
            gettext("%(field)s: “%(text)s” is not a number.", field=said, text=text)
        ) from None


def _page(
    settings: ModelSettings,
    given: Mapping[str, str],
    *,
    problem: str = "",
    shown: list[service.Change] | None = None,
    count: int = 0,
) -> str:
    return render_template(
        "buyer/settings/rating_change.html",
        settings=settings,
        given=given,
        problem=problem,
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
    }
