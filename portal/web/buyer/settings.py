"""What the buyer says about itself."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import own_buyer
from portal.buyers.service import Refused, change_buyer
from portal.database import db_session
from portal.web.buyer.noting import note
from portal.web.buyer.settings_forms import BuyerForm
from portal.web.buyer.settings_words import refuse
from portal.web.buyer.shell import buyer_pages, may

pages = buyer_pages("settings", __name__)


@pages.get("/settings")
def index() -> ResponseReturnValue:
    """Show what is set, and where to change it."""
    return render_template("buyer/settings/index.html", buyer=own_buyer(db_session()))


@pages.route("/settings/edit", methods=["GET", "POST"])
@may("admin")
def edit() -> ResponseReturnValue:
    """Change the buyer's own data."""
    buyer = own_buyer(db_session())
    form = BuyerForm.showing(buyer)
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        change_buyer(db_session(), buyer, form.settings())
    except Refused as error:
        refuse(form, error.field, error)
        return _page(form), 422
    note("buyer.changed", "buyer", buyer.id)
    db_session().commit()
    flash(gettext("The settings are saved."), "success")
    return redirect(url_for("settings.index"), 303)


def _page(form: BuyerForm) -> str:
    return render_template("buyer/settings/edit.html", form=form)
