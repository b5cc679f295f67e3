"""Asking a supplier about one answer of its declaration, for the first time or again."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import own_buyer
from portal.database import db_session
from portal.declarations.models import Declaration
from portal.followup import clarifications
from portal.followup.clarification_models import Clarification
from portal.i18n import served_locale
from portal.reviews.reviewable import ReviewRefused
from portal.web import clock
from portal.web.buyer.clarifications import asked_about, listed_or_404, refused, today
from portal.web.buyer.declared_part import declaration_or_404
from portal.web.buyer.review_words import ROLES
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("asking", __name__)


@pages.post("/declarations/<public_id>/clarifications")
@may(*ROLES)
def ask(public_id: str) -> ResponseReturnValue:
    """Ask about one answer of a declaration."""
    declaration = declaration_or_404(public_id)
    question_id = request.form.get("question", "")
    place = url_for("declarations.show", public_id=public_id, _anchor=f"answer-{question_id}")
    try:
        row = clarifications.ask(
            db_session(),
            declaration,
            question_id,
            text=request.form.get("text", ""),
            due_on=_due(),
            today=today(),
            asker=signed_in_user(),
            question=_in_words(declaration, question_id, _locale_of(declaration)),
            now=clock.now(),
        )
    except ReviewRefused as error:
        return refused(error, place)
    return _asked(row, place)


@pages.post("/clarifications/<thread_id>/ask")
@may(*ROLES)
def ask_again(thread_id: str) -> ResponseReturnValue:
    """Ask once more in the same thread."""
    place = url_for("clarifications.show", public_id=thread_id)
    row = listed_or_404(thread_id).row
    try:
        clarifications.ask_again(
            db_session(),
            row,
            text=request.form.get("text", ""),
            due_on=_due(),
            today=today(),
            asker=signed_in_user(),
            question=_in_words(row.declaration, row.question_id, row.correspondence.locale),
            now=clock.now(),
        )
    except ReviewRefused as error:
        return refused(error, place)
    return _asked(row, place)


def _asked(row: Clarification, place: str) -> ResponseReturnValue:
    contact = row.correspondence.contact.email
    db_session().commit()
    flash(gettext("The question goes to %(contact)s by mail.", contact=contact), "success")
    return redirect(place, 303)


def _locale_of(declaration: Declaration) -> str:
    """Return the language of whoever would be asked."""
    contact = clarifications.contact_for(db_session(), declaration)
    return contact.locale if contact else ""


def _in_words(declaration: Declaration, question_id: str, locale: str) -> str:
    served = served_locale(locale, own_buyer(db_session()).locale)
    return asked_about(declaration, question_id, served).question.text


def _due() -> date:
    try:
        return date.fromisoformat(request.form.get("due_on", ""))
    except ValueError:
        abort(400)
