"""Reviewing a declaration: its answers, its files, and the decision about it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.declarations.models import Declaration
from portal.ratings.reviewing import judge_answer, judge_file
from portal.reviews.decisions import decide
from portal.reviews.models import AnswerVerdict, Outcome, Shown
from portal.reviews.returns import give_back
from portal.reviews.reviewable import ReviewRefused
from portal.web import clock
from portal.web.buyer.declared_part import declaration_or_404, file_of
from portal.web.buyer.noting import note
from portal.web.buyer.review_words import ROLES, refusal
from portal.web.buyer.shell import buyer_pages, may, signed_in_user, user_may

pages = buyer_pages("reviewing", __name__)

Code = TypeVar("Code", bound=StrEnum)


@pages.post("/declarations/<public_id>/judgement")
@may(*ROLES)
def answer(public_id: str) -> ResponseReturnValue:
    """Keep a judgement of one answer."""
    declaration = declaration_or_404(public_id)
    question = request.form.get("question", "")
    try:
        row = judge_answer(
            db_session(),
            declaration,
            question,
            _code(AnswerVerdict, "verdict"),
            reason=request.form.get("reason", ""),
            by=signed_in_user().email,
            now=clock.now(),
            severity=request.form.get("severity", ""),
        )
    except ReviewRefused as error:
        return _refused(declaration, error)
    details = {"question": question, "verdict": row.verdict.value, "reason": row.reason}
    note("answer.judged", "declaration", declaration.public_id, details)
    return _done(declaration, gettext("The judgement is kept."), f"answer-{question}")


@pages.post("/declarations/<public_id>/files/<int:attachment_id>/reading")
@may(*ROLES)
def file(public_id: str, attachment_id: int) -> ResponseReturnValue:
    """Keep what a file shows."""
    declaration = declaration_or_404(public_id)
    found = file_of(declaration, attachment_id)
    if found is None:
        abort(404)
    until = request.form.get("holds_until", "")
    try:
        row = judge_file(
            db_session(),
            declaration,
            found,
            _code(Shown, "shown"),
            holds_until=_day(until) if until else None,
            reason=request.form.get("reason", ""),
            by=signed_in_user().email,
            now=clock.now(),
        )
    except ReviewRefused as error:
        return _refused(declaration, error)
    details = {"file": found.name, "shown": row.shown.value, "reason": row.reason, "until": until}
    note("file.read", "declaration", declaration.public_id, details)
    return _done(declaration, gettext("It is kept what the file shows."), f"answer-{found.owner}")


@pages.post("/declarations/<public_id>/decision")
@may(*ROLES)
def decision(public_id: str) -> ResponseReturnValue:
    """Keep the decision about the whole declaration."""
    declaration = declaration_or_404(public_id)
    outcome = _code(Outcome, "outcome")
    try:
        if outcome is Outcome.RETURNED:
            _give_back(declaration)
        row = decide(
            db_session(),
            declaration,
            outcome,
            reason=request.form.get("reason", ""),
            by=signed_in_user().email,
            role=next(role for role in ROLES if user_may(role)),
            now=clock.now(),
        )
    except ReviewRefused as error:
        return _refused(declaration, error)
    details = {"outcome": row.outcome.value, "reason": row.reason, "role": row.role}
    note("declaration.decided", "declaration", declaration.public_id, details)
    return _done(declaration, gettext("The decision is kept."), "decision")


def _give_back(declaration: Declaration) -> None:
    """Open the declaration, or its flagged questions, to the supplier."""
    returned = give_back(
        db_session(),
        declaration,
        reason=request.form.get("reason", ""),
        by=signed_in_user().email,
        now=clock.now(),
    )
    details = {"reason": returned.reason}
    note("declaration.returned", "declaration", declaration.public_id, details)


def _code(kind: type[Code], name: str) -> Code:
    try:
        return kind(request.form.get(name, ""))
    except ValueError:
        abort(400)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(400)


def _refused(declaration: Declaration, error: Exception) -> ResponseReturnValue:
    address = url_for("declarations.show", public_id=declaration.public_id)
    db_session().rollback()
    flash(refusal(error), "error")
    return redirect(address, 303)


def _done(declaration: Declaration, sentence: str, place: str) -> ResponseReturnValue:
    address = url_for("declarations.show", public_id=declaration.public_id, _anchor=place)
    db_session().commit()
    flash(sentence, "success")
    return redirect(address, 303)
