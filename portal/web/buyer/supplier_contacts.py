"""The people at a supplier: added, changed, left, asked first."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.database import db_session
from portal.suppliers import service
from portal.suppliers.models import Contact, Supplier
from portal.suppliers.service import AddressTaken, Author
from portal.web.buyer.authorship import author
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_edit import REGISTRARS
from portal.web.buyer.supplier_forms import ContactForm

pages = buyer_pages("supplier_contacts", __name__)

ACTS: dict[str, Callable[[Session, Contact, Author], None]] = {
    "left": service.mark_left,
    "back": service.mark_back,
    "primary": service.make_primary,
}


@pages.route("/suppliers/<int:supplier_id>/contacts/new", methods=["GET", "POST"])
@may(*REGISTRARS)
def new(supplier_id: int) -> ResponseReturnValue:
    """Add a contact."""
    supplier = row_or_404(Supplier, supplier_id)
    form = ContactForm()
    return _answer(
        form, supplier, lambda: service.add_contact(db_session(), supplier, form.values(), author())
    )


@pages.route("/suppliers/<int:supplier_id>/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@may(*REGISTRARS)
def edit(supplier_id: int, contact_id: int) -> ResponseReturnValue:
    """Change a contact."""
    contact = _contact(supplier_id, contact_id)
    form = ContactForm.showing(contact)
    return _answer(
        form,
        contact.supplier,
        lambda: service.change_contact(db_session(), contact, form.values(), author()),
        contact,
    )


@pages.post("/suppliers/<int:supplier_id>/contacts/<int:contact_id>/<act>")
@may(*REGISTRARS)
def act(supplier_id: int, contact_id: int, act: str) -> ResponseReturnValue:
    """Mark a contact as left, as back, or as the one to ask first."""
    if act not in ACTS:
        abort(404)
    ACTS[act](db_session(), _contact(supplier_id, contact_id), author())
    db_session().commit()
    return redirect(url_for("suppliers.show", supplier_id=supplier_id) + "#contacts", 303)


def _contact(supplier_id: int, contact_id: int) -> Contact:
    contact = row_or_404(Contact, contact_id)
    if contact.supplier_id != supplier_id:
        abort(404)
    return contact


def _answer(
    form: ContactForm,
    supplier: Supplier,
    save: Callable[[], object],
    contact: Contact | None = None,
) -> ResponseReturnValue:
    """Show the form, or save what it says and return to the supplier."""
    if form.validate_on_submit():
        try:
            save()
        except AddressTaken:
            form.email.errors = [gettext("This supplier has a contact with this address already.")]
        else:
            db_session().commit()
            flash(gettext("The contact was saved."), "success")
            return redirect(url_for("suppliers.show", supplier_id=supplier.id) + "#contacts", 303)
    page = render_template(
        "buyer/suppliers/contact.html", form=form, supplier=supplier, contact=contact
    )
    return page, 422 if form.is_submitted() else 200
