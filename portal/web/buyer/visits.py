"""Visits, audits and spot checks: who is due, what is planned, what came of it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import Field

from portal.database import db_session
from portal.declarations.attachments import LARGEST, Refused, accept
from portal.followup import visit_queries as queries
from portal.followup import visits as service
from portal.followup.visit_models import Visit, VisitFile
from portal.followup.visit_rule import Standing
from portal.state import state
from portal.suppliers.models import Supplier
from portal.web import clock
from portal.web.buyer.authorship import author
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.visit_forms import VisitFileForm, VisitForm
from portal.web.buyer.visit_words import KINDS, RESULTS, STANDINGS, WRONG, file_refused
from portal.web.downloads import download

pages = buyer_pages("visits", __name__)

PAGE = 50


@pages.get("/visits")
def index() -> ResponseReturnValue:
    """List the suppliers that have an interval or a visit; `show` narrows to a standing."""
    wanted, page = request.args.get("show", ""), _page()
    if wanted not in {"", *Standing}:
        abort(400)
    every = queries.watched(db_session(), clock.now())
    found = [one for one in every if wanted in {"", one.standing}]
    first = (page - 1) * PAGE
    return render_template(
        "buyer/visits/index.html",
        found=found[first : first + PAGE],
        total=len(found),
        first=first + 1,
        wanted=wanted,
        counts={each: sum(one.standing is each for one in every) for each in Standing},
        previous_url=url_for(".index", show=wanted, page=page - 1) if page > 1 else "",
        next_url=(
            url_for(".index", show=wanted, page=page + 1) if len(found) > first + PAGE else ""
        ),
        years=queries.years(db_session()),
        intervals=service.intervals(db_session()),
        kinds=KINDS,
        results=RESULTS,
        standings=STANDINGS,
    )


@pages.route("/suppliers/<int:supplier_id>/visits/new", methods=["GET", "POST"])
def new(supplier_id: int) -> ResponseReturnValue:
    """Plan a visit, or enter one that was done."""
    supplier = row_or_404(Supplier, supplier_id)
    form = VisitForm()
    if not form.validate_on_submit():
        return _page_of(supplier, form), 422 if form.is_submitted() else 200
    try:
        visit = service.add_visit(db_session(), supplier, form.told(), author())
    except service.VisitRefused as refusal:
        _refuse(form[refusal.field], str(WRONG[refusal.wrong]))
        return _page_of(supplier, form), 422
    return _saved(visit)


@pages.route("/visits/<int:visit_id>", methods=["GET", "POST"])
def show(visit_id: int) -> ResponseReturnValue:
    """Show a visit, and say what came of it."""
    visit = row_or_404(Visit, visit_id)
    form = VisitForm.showing(visit)
    if not form.validate_on_submit():
        return _page_of(visit.supplier, form, visit), 422 if form.is_submitted() else 200
    try:
        service.change_visit(db_session(), visit, form.told(), author())
    except service.VisitRefused as refusal:
        _refuse(form[refusal.field], str(WRONG[refusal.wrong]))
        return _page_of(visit.supplier, form, visit), 422
    return _saved(visit)


@pages.post("/visits/<int:visit_id>/files")
def add_file(visit_id: int) -> ResponseReturnValue:
    """Keep a file with a visit."""
    visit = row_or_404(Visit, visit_id)
    files, upload = VisitFileForm(), request.files.get("file")
    if upload is None or not upload.filename:
        _refuse(files.file, str(gettext("Choose a file.")))
    else:
        try:
            file = accept(upload.filename, upload.read(LARGEST + 1))
            service.add_file(db_session(), state().files, visit, file, author())
            return _saved(visit)
        except Refused as refusal:
            _refuse(files.file, file_refused(refusal))
    kept = VisitForm(formdata=None, data=VisitForm.held(visit))
    return _page_of(visit.supplier, kept, visit, files), 422


@pages.get("/visits/<int:visit_id>/files/<int:visit_file_id>")
def file(visit_id: int, visit_file_id: int) -> ResponseReturnValue:
    """Hand out a file of a visit; gone (410) where the store has lost it."""
    visit, row = row_or_404(Visit, visit_id), row_or_404(VisitFile, visit_file_id)
    if row.visit_id != visit.id:
        abort(404)
    try:
        return download(state().files, row.storage_key, row.name)
    except FileNotFoundError:
        abort(410)


def _refuse(field: Field, sentence: str) -> None:
    field.errors = [sentence]


def _saved(visit: Visit) -> ResponseReturnValue:
    db_session().commit()
    flash(gettext("The visit is saved."), "success")
    return redirect(url_for("visits.show", visit_id=visit.id), 303)


def _page_of(
    supplier: Supplier,
    form: VisitForm,
    visit: Visit | None = None,
    files: VisitFileForm | None = None,
) -> str:
    return render_template(
        "buyer/visits/visit.html",
        supplier=supplier,
        form=form,
        visit=visit,
        files=service.files_of(db_session(), visit) if visit else (),
        file_form=files or VisitFileForm(formdata=None),
        kinds=KINDS,
    )


def _page() -> int:
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and int(page[:6]) > 0):
        abort(400)
    return int(page[:6])
