"""Settings: how many years may pass between visits."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import NumberRange

from portal.buyers.queries import own_buyer
from portal.database import db_session
from portal.followup.visit_rule import Intervals
from portal.followup.visits import LONGEST_INTERVAL, intervals, set_intervals
from portal.web.buyer.noting import note
from portal.web.buyer.shell import buyer_pages, may

pages = buyer_pages("settings_visits", __name__)

_YEARS = NumberRange(1, LONGEST_INTERVAL, lazy_gettext("Write a number of years from 1 to 20."))


class IntervalsForm(FlaskForm):  # type: ignore[misc]  # not typed
    """Years between two visits."""

    critical = IntegerField(
        lazy_gettext("Suppliers with criticality A or very high risk"), [_YEARS]
    )
    high = IntegerField(lazy_gettext("Suppliers with high risk"), [_YEARS])


@pages.route("/settings/visits", methods=["GET", "POST"])
@may("admin")
def edit() -> ResponseReturnValue:
    """Change the years between visits."""
    session = db_session()
    form = IntervalsForm(obj=intervals(session))
    if not form.validate_on_submit():
        page = render_template("buyer/settings/visits.html", form=form)
        return page, 422 if form.is_submitted() else 200
    wanted = Intervals(form.critical.data or 0, form.high.data or 0)
    set_intervals(session, wanted)
    years = {"critical": wanted.critical, "high": wanted.high}
    note("visit_intervals.changed", "buyer", own_buyer(session).id, years)
    session.commit()
    flash(gettext("The settings are saved."), "success")
    return redirect(url_for("visits.index"), 303)
