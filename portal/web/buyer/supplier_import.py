"""The register from a file, by page: how it goes on is told in `two_steps`."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext

from portal.database import db_session
from portal.i18n import offered_locales
from portal.ratings.service import after_supplier_change
from portal.suppliers.cells import Reading
from portal.suppliers.import_applying import apply
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.importing import Plan, plan
from portal.suppliers.reading import MAX_BYTES, MAX_ROWS, read_table
from portal.web.buyer.authorship import author
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_edit import REGISTRARS
from portal.web.buyer.supplier_story import change_line
from portal.web.buyer.supplier_words import field_name, reader_locale, said
from portal.web.buyer.two_steps import Problems, TwoSteps

pages = buyer_pages("supplier_import", __name__)

_MOST_SHOWN = 200


@pages.get("/suppliers/import")
@may(*REGISTRARS)
def begin() -> ResponseReturnValue:
    """Ask for the file."""
    return _first_step([])


@pages.post("/suppliers/import")
@may(*REGISTRARS)
def look() -> ResponseReturnValue:
    """Show what the file would do; nothing is written to the register."""
    return _steps.look()


@pages.post("/suppliers/import/confirm")
@may(*REGISTRARS)
def confirm() -> ResponseReturnValue:
    """Write what was shown."""
    return _steps.confirm()


@pages.post("/suppliers/import/cancel")
@may(*REGISTRARS)
def cancel() -> ResponseReturnValue:
    """Forget the file."""
    return _steps.cancel()


def _carry_out(found: Plan, source: str, skip_faulty: bool) -> str:
    by = author()
    touched = apply(db_session(), found, by, source=source, skip_faulty=skip_faulty)
    after_supplier_change(db_session(), [supplier.id for supplier in touched], by.at)
    return _done(len(touched))


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


def _first_step(problems: Problems) -> str:
    return render_template(
        "buyer/suppliers/import.html",
        errors=problems,
        columns=COLUMNS,
        field_name=field_name,
        limit=MAX_BYTES >> 20,
        rows=MAX_ROWS,
    )


def _second_step(found: Plan, name: str, waiting: str, problems: Problems) -> str:
    return render_template(
        "buyer/suppliers/import_plan.html",
        errors=problems,
        plan=found,
        name=name,
        waiting=waiting,
        most=_MOST_SHOWN,
        said=said,
        field_name=field_name,
        change_line=change_line,
    )


_steps = TwoSteps(
    "supplier_import",
    lazy_gettext("Choose the file with the suppliers."),
    _plan,
    _carry_out,
    _first_step,
    _second_step,
)
