"""How long signed answers are valid: per questionnaire, as it says itself or as the buyer chooses."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.database import db_session
from portal.questionnaires.validity_kept import (
    MOST_MONTHS,
    BadValidity,
    choices,
    choose_months,
    chosen_months,
)
from portal.store import scoped_buyer_id
from portal.web import clock
from portal.web.buyer.noting import note
from portal.web.buyer.offering import offered
from portal.web.buyer.questionnaire_titles import titles
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("settings_validity", __name__)


class ValidityForm(FlaskForm):  # type: ignore[misc]  # not typed
    """How long the answers to one questionnaire are valid, and why."""

    months = IntegerField(
        lazy_gettext("Months from the signature"),
        [
            Optional(),
            NumberRange(1, MOST_MONTHS, lazy_gettext("Write a number of months from 1 to 120.")),
        ],
        description=lazy_gettext("Leave it empty to follow the questionnaire."),
    )
    reason = StringField(
        lazy_gettext("Reason"),
        [InputRequired(lazy_gettext("A change needs a reason.")), Length(max=1000)],
    )


@pages.get("/settings/validity")
def index() -> ResponseReturnValue:
    """Show how long answers are valid, and every change."""
    return render_template(
        "buyer/settings/validity.html",
        questionnaires=list(offered()),
        chosen=chosen_months(db_session()),
        choices=choices(db_session()),
        titles=titles(),
    )


@pages.route("/settings/validity/<questionnaire_id>", methods=["GET", "POST"])
@may("admin")
def change(questionnaire_id: str) -> ResponseReturnValue:
    """Choose for one questionnaire; it counts for what was signed before, too."""
    if questionnaire_id not in offered():
        abort(404)
    form = ValidityForm(data={"months": chosen_months(db_session()).get(questionnaire_id)})
    if not form.is_submitted():
        return _page(form, questionnaire_id)
    if not form.validate():
        return _page(form, questionnaire_id), 422
    months, reason = form.months.data, form.reason.data or ""
    try:
        choose_months(
            db_session(),
            questionnaire_id,
            months,
            reason=reason,
            by=signed_in_user().email,
            now=clock.now(),
        )
    except BadValidity:
        form.months.errors = [gettext("That is what holds already.")]
        return _page(form, questionnaire_id), 422
    changed = {"questionnaire": questionnaire_id, "months": months, "reason": reason}
    note("answer_validity.changed", "buyer", scoped_buyer_id(db_session()), changed)
    db_session().commit()
    flash(gettext("The settings are saved."), "success")
    return redirect(url_for(".index"), 303)


def _page(form: ValidityForm, questionnaire_id: str) -> str:
    return render_template(
        "buyer/settings/validity_change.html",
        form=form,
        questionnaire=offered()[questionnaire_id],
        title=titles()[questionnaire_id],
    )
