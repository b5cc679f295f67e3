"""Clarifications: asking about an answer, the list of all, and each with its thread."""

from __future__ import annotations

from datetime import date

import flask_babel
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import local_day
from portal.database import db_session
from portal.declarations.models import Declaration
from portal.followup import clarification_queries as queries
from portal.followup import clarifications, correspondence
from portal.followup.clarification_models import Conclusion
from portal.followup.clarification_queries import Listed, State
from portal.reports.declared import Declared, sections
from portal.reviews.reviewable import ReviewRefused
from portal.state import state
from portal.web import clock
from portal.web.buyer.clarification_words import CONCLUSIONS, STATES
from portal.web.buyer.finding_words import SEVERITIES
from portal.web.buyer.review_part import DAYS
from portal.web.buyer.review_words import ROLES, refusal
from portal.web.buyer.shell import buyer_pages, may, signed_in_user, user_may
from portal.web.downloads import download
from portal.web.supplier.section_page import in_words, size_in_words

pages = buyer_pages("clarifications", __name__)

PAGE = 50


@pages.get("/clarifications")
def index() -> ResponseReturnValue:
    """List what suppliers were asked, what is due first at the top; `?state=` narrows it."""
    given, day = request.args.get("state", ""), today()
    if given not in {"", *State}:
        abort(400)
    number, counted = _page(), queries.counts(db_session(), day)
    wanted = State(given) if given else None
    total = counted.get(wanted, 0) if wanted else sum(counted.values())
    first = (number - 1) * PAGE
    listed = queries.clarifications(db_session(), day, wanted, limit=PAGE, offset=first)
    locale = str(flask_babel.get_locale())
    return render_template(
        "buyer/clarifications/index.html",
        listed=[
            (each, asked_about(each.row.declaration, each.row.question_id, locale))
            for each in listed
        ],
        states=STATES,
        given=given,
        counted=counted,
        first=first + 1,
        last=first + len(listed),
        total=total,
        previous_url=url_for(".index", state=given or None, page=number - 1) if first else "",
        next_url=url_for(".index", state=given or None, page=number + 1)
        if first + PAGE < total
        else "",
    )


@pages.get("/clarifications/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """Show one answer with what was asked and replied, and what can be done now."""
    return _show(listed_or_404(public_id))


@pages.get("/clarifications/<public_id>/files/<int:file_id>")
def file(public_id: str, file_id: int) -> ResponseReturnValue:
    """Return a file of the thread, as a download; gone (410) where the store has lost it."""
    thread = listed_or_404(public_id).row.correspondence
    found = correspondence.file_in(db_session(), thread, file_id)
    if found is None:
        abort(404)
    try:
        return download(state().files, found.storage_key, found.name)
    except FileNotFoundError:
        abort(410)


@pages.post("/clarifications/<public_id>/close")
@may(*ROLES)
def close(public_id: str) -> ResponseReturnValue:
    """Close it with what was made of it: the judgement follows, if there is one."""
    row = listed_or_404(public_id).row
    if request.form.get("conclusion") not in set(Conclusion):
        abort(400)
    try:
        clarifications.conclude(
            db_session(),
            row,
            Conclusion(request.form["conclusion"]),
            reason=request.form.get("reason", ""),
            by=signed_in_user().email,
            now=clock.now(),
            severity=request.form.get("severity", ""),
        )
    except ReviewRefused as error:
        return refused(error, url_for(".show", public_id=public_id))
    db_session().commit()
    flash(gettext("The clarification is closed."), "success")
    return redirect(url_for(".show", public_id=public_id), 303)


def _show(listed: Listed) -> str:
    row = listed.row
    declared = asked_about(row.declaration, row.question_id, str(flask_babel.get_locale()))
    return render_template(
        "buyer/clarifications/show.html",
        listed=listed,
        row=row,
        declaration=row.declaration,
        declared=declared,
        lines=in_words(declared.question, declared.value),
        entries=correspondence.thread(db_session(), row.correspondence),
        size_in_words=size_in_words,
        states=STATES,
        conclusions=CONCLUSIONS,
        severities=SEVERITIES,
        may_review=user_may(*ROLES),
        proposed_day=today() + DAYS,
    )


def listed_or_404(public_id: str) -> Listed:
    """Return the buyer's clarification that is named so, and where it stands."""
    return queries.find(db_session(), public_id, today()) or abort(404)


def today() -> date:
    """Return the day it is where the buyer is."""
    return local_day(db_session(), clock.now())


def _page() -> int:
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and int(page[:6]) > 0):
        abort(400)
    return int(page[:6])


def asked_about(declaration: Declaration, question_id: str, locale: str) -> Declared:
    """Return the answer with this question of a declaration; 404 if there is none."""
    found = (
        one
        for section in sections(db_session(), declaration, locale)
        for one in section.declared
        if one.question.id == question_id
    )
    return next(found, None) or abort(404)


def refused(error: Exception, place: str) -> ResponseReturnValue:
    """Take everything back, and say why at `place`."""
    db_session().rollback()
    flash(refusal(error), "error")
    return redirect(place, 303)
