"""Adding and changing suppliers by hand."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.ratings.service import after_supplier_change
from portal.suppliers.models import Supplier
from portal.suppliers.service import (
    ChangedMeanwhile,
    KeyTaken,
    add_supplier,
    change_supplier,
)
from portal.web.buyer.authorship import author
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_forms import SupplierForm

pages = buyer_pages("supplier_edit", __name__)
REGISTRARS = ("admin", "buyer")


@pages.route("/suppliers/new", methods=["GET", "POST"])
@may(*REGISTRARS)
def new() -> ResponseReturnValue:
    """Add a supplier."""
    form = SupplierForm().offer()
    if not form.is_submitted():
        return _page(form, None)
    if not form.validate():
        return _page(form, None), 422
    try:
        supplier = add_supplier(db_session(), form.values(), author())
    except KeyTaken:
        _say_key_is_taken(form)
        return _page(form, None), 422
    db_session().commit()
    flash(gettext("The supplier was added. Now add whom to ask there."), "success")
    return redirect(url_for("supplier_contacts.new", supplier_id=supplier.id), 303)


@pages.route("/suppliers/<int:supplier_id>/edit", methods=["GET", "POST"])
@may(*REGISTRARS)
def edit(supplier_id: int) -> ResponseReturnValue:
    """Change what the register holds about a supplier."""
    supplier = row_or_404(Supplier, supplier_id)
    form = SupplierForm.showing(supplier)
    if not form.is_submitted():
        return _page(form, supplier)
    if not form.validate():
        return _page(form, supplier), 422
    try:
        seen = _moment(form.seen.data)
        by = author()
        change_supplier(db_session(), supplier, form.values(), by, seen)
    except KeyTaken:
        _say_key_is_taken(form)
        return _page(form, supplier), 422
    except ChangedMeanwhile:
        form.form_errors.append(_changed_meanwhile())
        return _page(form, supplier), 409
    after_supplier_change(db_session(), [supplier.id], by.at)
    db_session().commit()
    flash(gettext("The supplier was saved."), "success")
    return redirect(url_for("suppliers.show", supplier_id=supplier.id), 303)


def _page(form: SupplierForm, supplier: Supplier | None) -> str:
    return render_template("buyer/suppliers/edit.html", form=form, supplier=supplier)


def _say_key_is_taken(form: SupplierForm) -> None:
    form.key.errors = [gettext("Another supplier has this key. Choose another one.")]


def _changed_meanwhile() -> str:
    return str(
        gettext(
            "Somebody changed this supplier while you were writing. "
            "Open the page again in another tab, compare, and save there."
        )
    )


def _moment(text: str | None) -> datetime | None:
    """Return the moment that the form shows; None where it names none."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
