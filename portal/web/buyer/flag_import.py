"""Red flags from a file, by page: upload, look at what would be done, confirm.

The same way of working as the import of suppliers: see `supplier_import`.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from itsdangerous import BadData

from portal.database import db_session
from portal.ratings.flag_import import COLUMNS, Plan, apply, plan
from portal.ratings.settings_kept import settings_of
from portal.suppliers.importing import FaultyRows
from portal.suppliers.reading import MAX_BYTES, MAX_ROWS, read_table
from portal.suppliers.sentences import Refused
from portal.web import clock
from portal.web.buyer.authorship import author
from portal.web.buyer.rating_words import flag_name
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_words import field_name, said
from portal.web.buyer.waiting_file import Waiting, WaitingFile, uploaded

pages = buyer_pages("flag_import", __name__)

_ROLES = ("admin", "buyer", "reviewer")
_MOST_SHOWN = 200
_waiting = WaitingFile("flag_import")
_COLUMNS = {
    "key": lazy_gettext("The supplier's key in the register"),
    "flag": lazy_gettext("One of the codes below"),
    "source": lazy_gettext("Where the knowledge comes from, such as a court or a newspaper"),
    "reason": lazy_gettext("What happened"),
    "date": lazy_gettext("The day of what it rests on, such as 2026-05-31"),
}


@pages.get("/suppliers/flags/import")
@may(*_ROLES)
def begin() -> ResponseReturnValue:
    """Ask for the file."""
    return _first_step([])


@pages.post("/suppliers/flags/import")
@may(*_ROLES)
def look() -> ResponseReturnValue:
    """Keep the file and show what it would do; no flag is set yet."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _first_step([("file", gettext("Choose the file with the red flags."))]), 422
    name, content = uploaded(upload)
    try:
        found = _plan(name, content)
    except Refused as refusal:
        return _first_step([("file", said(refusal.sentence))]), 422
    return _second_step(found, _waiting.keep(name, content, found.fingerprint()))


@pages.post("/suppliers/flags/import/confirm")
@may(*_ROLES)
def confirm() -> ResponseReturnValue:
    """Set what was shown, if the plan is still the same."""
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
        flags = apply(db_session(), found, author(), source=waiting.name, skip_faulty=skip)
    except FaultyRows:
        sentence = gettext("Tick that the faulty rows are left out, or correct the file.")
        return _second_step(found, waiting, [("skip_faulty", sentence)]), 422
    number = len(flags)
    db_session().commit()
    _waiting.done(waiting)
    flash(
        ngettext(
            "%(num)s red flag is set and the supplier rated again.",
            "%(num)s red flags are set and the suppliers rated again.",
            number,
        ),
        "success",
    )
    return redirect(url_for("suppliers.index"), 303)


@pages.post("/suppliers/flags/import/cancel")
@may(*_ROLES)
def cancel() -> ResponseReturnValue:
    """Forget the file."""
    _waiting.forget()
    return redirect(url_for("suppliers.index"), 303)


def _plan(name: str, content: bytes) -> Plan:
    return plan(db_session(), read_table(name, content, COLUMNS), clock.now())


def _first_step(problems: list[tuple[str, str]]) -> str:
    return render_template(
        "buyer/suppliers/flags_import.html",
        errors=problems,
        columns=_COLUMNS,
        required=COLUMNS.required,
        codes={code: flag_name(code) for code in settings_of(db_session()).red_flag_floors},
        limit=MAX_BYTES >> 20,
        rows=MAX_ROWS,
    )


def _second_step(
    found: Plan, waiting: Waiting, problems: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "buyer/suppliers/flags_plan.html",
        errors=problems or [],
        plan=found,
        name=waiting.name,
        waiting=_waiting.closed(waiting),
        most=_MOST_SHOWN,
        said=said,
        field_name=field_name,
        flag_name=flag_name,
    )
