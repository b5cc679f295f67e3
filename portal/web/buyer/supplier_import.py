"""Import by page: upload, look at what would be done, confirm.

Between the two steps the file is kept under a random key, which the form carries signed and bound
to the user. The plan is made anew when it is confirmed; if it then says something else, it is shown
again.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from itsdangerous import BadData

from portal.database import db_session
from portal.i18n import offered_locales
from portal.ratings.service import after_supplier_change
from portal.suppliers.cells import Reading
from portal.suppliers.import_applying import apply
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.importing import FaultyRows, Plan, plan
from portal.suppliers.reading import MAX_BYTES, MAX_ROWS, read_table
from portal.suppliers.sentences import Refused
from portal.web.buyer.authorship import author
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_edit import REGISTRARS
from portal.web.buyer.supplier_story import change_line
from portal.web.buyer.supplier_words import field_name, reader_locale, said
from portal.web.buyer.waiting_file import Waiting, WaitingFile, uploaded

pages = buyer_pages("supplier_import", __name__)

_waiting = WaitingFile("supplier_import")
_MOST_SHOWN = 200


@pages.get("/suppliers/import")
@may(*REGISTRARS)
def begin() -> ResponseReturnValue:
    """Ask for the file."""
    return _first_step([])


@pages.post("/suppliers/import")
@may(*REGISTRARS)
def look() -> ResponseReturnValue:
    """Keep the file and show what it would do; nothing is written to the register."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _first_step([("file", gettext("Choose the file with the suppliers."))]), 422
    name, content = uploaded(upload)
    try:
        found = _plan(name, content)
    except Refused as refusal:
        return _first_step([("file", said(refusal.sentence))]), 422
    return _second_step(found, _waiting.keep(name, content, found.fingerprint()))


@pages.post("/suppliers/import/confirm")
@may(*REGISTRARS)
def confirm() -> ResponseReturnValue:
    """Write what was shown, if the plan is still the same."""
    try:
        waiting = _waiting.opened(request.form.get("waiting", ""))
        found = _plan(waiting.name, _waiting.content(waiting))
    except (BadData, FileNotFoundError):
        return _first_step([("file", gettext("The file is no longer here. Upload it again."))]), 422
    fresh = Waiting(waiting.key, waiting.name, found.fingerprint())
    if fresh != waiting:
        sentence = gettext("The register was changed meanwhile. Look at the new plan.")
        return _second_step(found, fresh, [("", sentence)]), 409
    skip = request.form.get("skip_faulty") == "yes"
    try:
        by = author()
        touched = apply(db_session(), found, by, source=waiting.name, skip_faulty=skip)
    except FaultyRows:
        sentence = gettext("Tick that the faulty rows are left out, or correct the file.")
        return _second_step(found, waiting, [("skip_faulty", sentence)]), 422
    after_supplier_change(db_session(), [supplier.id for supplier in touched], by.at)
    db_session().commit()
    _waiting.done(waiting)
    flash(_done(len(touched)), "success")
    return redirect(url_for("suppliers.index"), 303)


@pages.post("/suppliers/import/cancel")
@may(*REGISTRARS)
def cancel() -> ResponseReturnValue:
    """Forget the file."""
    _waiting.forget()
    return redirect(url_for("suppliers.index"), 303)


def _done(number: int) -> str:
    if not number:
        return str(gettext("Nothing had to be changed."))
    return str(
        ngettext(
            "%(num)s supplier was added or changed.",
            "%(num)s suppliers were added or changed.",
            number,
        )
    )


def _plan(name: str, content: bytes) -> Plan:
    reading = Reading(offered_locales(), reader_locale())
    return plan(db_session(), read_table(name, content, COLUMNS), reading)


def _first_step(problems: list[tuple[str, str]]) -> str:
    return render_template(
        "buyer/suppliers/import.html",
        errors=problems,
        columns=COLUMNS,
        field_name=field_name,
        limit=MAX_BYTES >> 20,
        rows=MAX_ROWS,
    )


def _second_step(
    found: Plan, waiting: Waiting, problems: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "buyer/suppliers/import_plan.html",
        errors=problems or [],
        plan=found,
        name=waiting.name,
        waiting=_waiting.closed(waiting),
        most=_MOST_SHOWN,
        said=said,
        field_name=field_name,
        change_line=change_line,
    )
