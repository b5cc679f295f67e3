"""Red flags from a file, by page: how it goes on is told in `two_steps`."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext, ngettext

from portal.database import db_session
from portal.ratings.flag_import import COLUMNS, Plan, apply, plan
from portal.ratings.settings_kept import settings_of
from portal.suppliers.reading import MAX_BYTES, MAX_ROWS, read_table
from portal.web import clock
from portal.web.buyer.authorship import author
from portal.web.buyer.rating_words import flag_name
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_words import said
from portal.web.buyer.two_steps import Problems, TwoSteps

pages = buyer_pages("flag_import", __name__)

_ROLES = ("admin", "buyer", "reviewer")
_MOST_SHOWN = 200
_COLUMNS = {
    "key": lazy_gettext("The supplier's key in the register"),
    "flag": lazy_gettext("One of the codes below"),
    "source": lazy_gettext("Where the knowledge comes from, such as a court or a newspaper"),
    "reason": lazy_gettext("What happened"),
    "date": lazy_gettext("The day of what it rests on, such as 2026-05-31"),
}
_FIELDS = {
    "key": lazy_gettext("Key"),
    "flag": lazy_gettext("Red flag"),
    "source": lazy_gettext("Source"),
    "reason": lazy_gettext("Reason"),
    "date": lazy_gettext("Day"),
}


@pages.get("/suppliers/flags/import")
@may(*_ROLES)
def begin() -> ResponseReturnValue:
    """Ask for the file."""
    return _first_step([])


@pages.post("/suppliers/flags/import")
@may(*_ROLES)
def look() -> ResponseReturnValue:
    """Show what the file would do; no flag is set yet."""
    return _steps.look()


@pages.post("/suppliers/flags/import/confirm")
@may(*_ROLES)
def confirm() -> ResponseReturnValue:
    """Set what was shown."""
    return _steps.confirm()


@pages.post("/suppliers/flags/import/cancel")
@may(*_ROLES)
def cancel() -> ResponseReturnValue:
    """Forget the file."""
    return _steps.cancel()


def _carry_out(found: Plan, source: str, skip_faulty: bool) -> str:
    flags = apply(db_session(), found, author(), source=source, skip_faulty=skip_faulty)
    return str(
        ngettext(
            "%(num)s red flag is set and the supplier rated again.",
            "%(num)s red flags are set and the suppliers rated again.",
            len(flags),
        )
    )


def _plan(name: str, content: bytes) -> Plan:
    return plan(db_session(), read_table(name, content, COLUMNS), clock.now())


def _first_step(problems: Problems) -> str:
    return render_template(
        "buyer/suppliers/flags_import.html",
        errors=problems,
        columns=_COLUMNS,
        required=COLUMNS.required,
        codes={code: flag_name(code) for code in settings_of(db_session()).red_flag_floors},
        limit=MAX_BYTES >> 20,
        rows=MAX_ROWS,
    )


def _second_step(found: Plan, name: str, waiting: str, problems: Problems) -> str:
    return render_template(
        "buyer/suppliers/flags_plan.html",
        errors=problems,
        plan=found,
        name=name,
        waiting=waiting,
        most=_MOST_SHOWN,
        said=said,
        field_name=_field_name,
        flag_name=flag_name,
    )


_steps = TwoSteps(
    "flag_import",
    lazy_gettext("Choose the file with the red flags."),
    _plan,
    _carry_out,
    _first_step,
    _second_step,
)


def _field_name(field: str) -> str:
    """Return what a column is called; nothing where a whole row is faulty."""
    return str(_FIELDS.get(field, ""))
