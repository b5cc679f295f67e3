"""The agreements with a supplier and the materials from it: added, changed, ended."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.database import db_session
from portal.suppliers import subject_changes
from portal.suppliers.models import Subject, Supplier
from portal.suppliers.service import Author, KeyTaken
from portal.web.buyer.authorship import author
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.subject_forms import SubjectForm
from portal.web.buyer.supplier_edit import REGISTRARS

pages = buyer_pages("supplier_subjects", __name__)

ACTS: dict[str, Callable[[Session, Subject, Author], None]] = {
    "end": subject_changes.end,
    "resume": subject_changes.resume,
}


@pages.route("/suppliers/<int:supplier_id>/subjects/new", methods=["GET", "POST"])
@may(*REGISTRARS)
def new(supplier_id: int) -> ResponseReturnValue:
    """Add an agreement or a material."""
    supplier = row_or_404(Supplier, supplier_id)
    form = SubjectForm()
    return _answer(
        form,
        supplier,
        lambda: subject_changes.add_subject(db_session(), supplier, form.values(), author()),
    )


@pages.route("/suppliers/<int:supplier_id>/subjects/<int:subject_id>/edit", methods=["GET", "POST"])
@may(*REGISTRARS)
def edit(supplier_id: int, subject_id: int) -> ResponseReturnValue:
    """Change an agreement or a material."""
    subject = _subject(supplier_id, subject_id)
    form = SubjectForm.showing(subject)
    return _answer(
        form,
        subject.supplier,
        lambda: subject_changes.change_subject(db_session(), subject, form.values(), author()),
        subject,
    )


@pages.post("/suppliers/<int:supplier_id>/subjects/<int:subject_id>/<act>")
@may(*REGISTRARS)
def act(supplier_id: int, subject_id: int, act: str) -> ResponseReturnValue:
    """End an agreement or a material, or let it go on."""
    if act not in ACTS:
        abort(404)
    ACTS[act](db_session(), _subject(supplier_id, subject_id), author())
    db_session().commit()
    return _back(supplier_id)


def _subject(supplier_id: int, subject_id: int) -> Subject:
    subject = row_or_404(Subject, subject_id)
    if subject.supplier_id != supplier_id:
        abort(404)
    return subject


def _back(supplier_id: int) -> ResponseReturnValue:
    return redirect(url_for("suppliers.show", supplier_id=supplier_id) + "#subjects", 303)


def _answer(
    form: SubjectForm,
    supplier: Supplier,
    save: Callable[[], object],
    subject: Subject | None = None,
) -> ResponseReturnValue:
    """Show the form, or save what it says and return to the supplier."""
    if form.validate_on_submit():
        try:
            save()
        except KeyTaken:
            form.key.errors = [gettext("This supplier has another with this key.")]
        else:
            db_session().commit()
            flash(gettext("Saved. Campaigns that were sent already stay as they are."), "success")
            return _back(supplier.id)
    page = render_template(
        "buyer/suppliers/subject.html", form=form, supplier=supplier, subject=subject
    )
    return page, 422 if form.is_submitted() else 200
