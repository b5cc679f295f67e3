"""Settings: who is told at once of critical answers, and of suppliers that stay silent."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm

from portal.buyers.queries import own_buyer, users
from portal.database import db_session
from portal.followup import duties
from portal.followup.alert_models import Duty
from portal.web.buyer.noting import note
from portal.web.buyer.settings_forms import TicksField
from portal.web.buyer.shell import buyer_pages, may
from portal.web.choices import as_choices

pages = buyer_pages("settings_duties", __name__)


class DutiesForm(FlaskForm):  # type: ignore[misc]  # not typed
    """Who is told what."""

    critical = TicksField(
        lazy_gettext("A critical answer has come in"),
        description=lazy_gettext("A mail within a minute, with the answer and a link to it."),
    )
    silence = TicksField(
        lazy_gettext("A supplier has not begun to answer after two reminders"),
        description=lazy_gettext(
            "One mail a day at most, and each supplier once in a campaign. "
            "Where a user is responsible for the supplier, only that user is told."
        ),
    )

    def offer(self) -> DutiesForm:
        """Fill in the users; return the form itself."""
        found = [user for user in users(db_session()) if user.active]
        choices = as_choices((str(user.id), _called(user.name, user.email)) for user in found)
        self.critical.choices = self.silence.choices = choices
        return self


def _called(name: str, email: str) -> str:
    return f"{name}, {email}" if name else email


@pages.route("/settings/alerts", methods=["GET", "POST"])
@may("admin")
def edit() -> ResponseReturnValue:
    """Name who is told."""
    session = db_session()
    held = {duty.value: _ids(duty) for duty in Duty}
    form = DutiesForm(data=held).offer()
    if not form.validate_on_submit():
        page = render_template("buyer/settings/alerts.html", form=form)
        return page, 422 if form.is_submitted() else 200
    for duty in Duty:
        chosen = [int(user_id) for user_id in form[duty.value].data or []]
        told = duties.name(session, duty, chosen)
        note("alerts.changed", "buyer", own_buyer(session).id, {"duty": duty.value, "told": told})
    session.commit()
    flash(gettext("The settings are saved."), "success")
    return redirect(url_for("settings.index"), 303)


def _ids(duty: Duty) -> list[str]:
    return [str(user.id) for user in duties.named(db_session(), duty)]
