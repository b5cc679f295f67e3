"""Whom to call: suppliers that let the last reminder pass, and what came of each call."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.buyers.queries import local_day
from portal.campaigns.deadlines import OPEN_STATES
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.followup.call_models import CallOutcome
from portal.followup.calls import CallRefused, add_call, calls_of, to_call
from portal.reports.calls import call_list
from portal.reports.csv_writer import Preset, csv_file
from portal.suppliers.models import Contact
from portal.suppliers.service import contacts_of
from portal.web import clock
from portal.web.buyer.call_words import OUTCOMES, WRONG, lines
from portal.web.buyer.shell import buyer_pages, signed_in_user
from portal.web.choices import as_choices

pages = buyer_pages("calls", __name__)

PAGE = 50


class _Outcome(RadioField):
    """Radio buttons under one legend."""

    grouped = True


class CallForm(FlaskForm):  # type: ignore[misc]  # not typed
    """What came of a call, and what is done next."""

    contact = SelectField(lazy_gettext("Who was called"))
    outcome = _Outcome(
        lazy_gettext("What came of it"),
        [InputRequired(lazy_gettext("Choose what came of the call."))],
        choices=as_choices((code.value, word) for code, word in OUTCOMES.items()),
    )
    promised_on = DateField(
        lazy_gettext("The answer is promised by"),
        [Optional()],
        description=lazy_gettext("Only where an answer was promised."),
    )
    note = TextAreaField(lazy_gettext("What was said"), [Length(max=10_000)])
    next_step = StringField(lazy_gettext("Next step"), [Length(max=255)])
    next_on = DateField(
        lazy_gettext("Day of the next step"),
        [Optional()],
        description=lazy_gettext("The supplier stands on the list for this day."),
    )

    def offer(self, contacts: list[Contact]) -> CallForm:
        """Fill in whom one may have called; return the form itself."""
        named = [
            (str(each.id), " · ".join(filter(None, (each.name, each.phone, each.email))))
            for each in contacts
        ]
        self.contact.choices = as_choices([*named, ("", lazy_gettext("Somebody else"))])
        return self


@pages.get("/calls")
def index() -> ResponseReturnValue:
    """List whom to call, the next thing to do first."""
    session, now = db_session(), clock.now()
    found, page = to_call(session, now), _page()
    first = (page - 1) * PAGE
    return render_template(
        "buyer/calls/index.html",
        found=found[first : first + PAGE],
        total=len(found),
        first=first + 1,
        today=local_day(session, now),
        previous_url=url_for(".index", page=page - 1) if page > 1 else "",
        next_url=url_for(".index", page=page + 1) if len(found) > first + PAGE else "",
        outcomes=OUTCOMES,
    )


@pages.get("/calls.csv")
def download() -> ResponseReturnValue:
    """Return the list as CSV for a Norwegian Excel."""
    found = call_list(to_call(db_session(), clock.now()))
    pieces = csv_file(found.columns, found.rows, Preset.EXCEL_NO)
    response = Response(b"".join(pieces), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="to-call.csv")
    return response


@pages.route("/invitations/<public_id>/call", methods=["GET", "POST"])
def record(public_id: str) -> ResponseReturnValue:
    """Show what was said so far, and keep what came of another call."""
    invitation = _invitation(public_id)
    contacts = contacts_of(db_session(), invitation.supplier)
    form = CallForm(data={"contact": str(invitation.contact_id)}).offer(contacts)
    if not form.validate_on_submit():
        return _record_page(invitation, form, contacts), 422 if form.is_submitted() else 200
    try:
        add_call(
            db_session(),
            invitation,
            CallOutcome(form.outcome.data),
            by=signed_in_user().email,
            now=clock.now(),
            **_said(form, contacts),
        )
    except CallRefused as refusal:
        form[refusal.field].errors = [WRONG[refusal.wrong]]
        return _record_page(invitation, form, contacts), 422
    db_session().commit()
    flash(gettext("The call is recorded."), "success")
    return redirect(url_for(".index"), 303)


def _said(form: CallForm, contacts: list[Contact]) -> dict[str, Any]:
    """Return the form's values by the arguments of `add_call`."""
    called = next((each for each in contacts if str(each.id) == form.contact.data), None)
    return {
        "contact": called,
        "promised_on": form.promised_on.data,
        "note": (form.note.data or "").replace("\0", ""),
        "next_step": (form.next_step.data or "").replace("\0", ""),
        "next_on": form.next_on.data,
    }


def _record_page(invitation: Invitation, form: CallForm, contacts: list[Contact]) -> str:
    return render_template(
        "buyer/calls/record.html",
        invitation=invitation,
        form=form,
        contacts=[each for each in contacts if each.phone],
        calls=[(call, lines(call)) for call in calls_of(db_session(), invitation_id=invitation.id)],
        outcomes=OUTCOMES,
        is_open=invitation.state in OPEN_STATES,
    )


def _invitation(public_id: str) -> Invitation:
    found = db_session().scalar(sa.select(Invitation).where(Invitation.public_id == public_id))
    return found or abort(404)


def _page() -> int:
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and int(page[:6]) > 0):
        abort(400)
    return int(page[:6])
