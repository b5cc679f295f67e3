"""Answering from public documents for a supplier that stays silent: never signed as the supplier's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import flask_babel
import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import local_day
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.questionnaires.answers import Value
from portal.questionnaires.schema import Question
from portal.questionnaires.values import read_answer
from portal.ratings.public import PublicSurvey, public_survey
from portal.ratings.reviewing import answer_publicly
from portal.reviews.models import PublicAnswer
from portal.reviews.public_answers import may_answer, public_answers
from portal.reviews.reviewable import ReviewRefused
from portal.web import clock
from portal.web.buyer.noting import note
from portal.web.buyer.review_words import ROLES, refusal
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.supplier.section_page import in_words

pages = buyer_pages("public_answers", __name__)


@pages.get("/invitations/<public_id>/public")
def index(public_id: str) -> ResponseReturnValue:
    """Show every question that can be answered so, with what was read."""
    invitation = _invitation(public_id)
    rows = public_answers(db_session(), invitation.id)
    survey = _survey(invitation, rows)
    return render_template(
        "buyer/public_answers/index.html",
        invitation=invitation,
        survey=survey,
        rows=rows,
        words={
            name: in_words(question, row.answer["value"])
            for name, row in rows.items()
            if (question := survey.question(name))
        },
        counts=may_answer(db_session(), invitation),
    )


@pages.get("/invitations/<public_id>/public/<question_id>")
def edit(public_id: str, question_id: str) -> ResponseReturnValue:
    """Ask what the document says about one question."""
    invitation, question, row = _question(public_id, question_id)
    given = {"url": row.url, "read_on": row.read_on.isoformat(), "note": row.note} if row else {}
    return _form(invitation, question, given, _chosen(row))


@pages.post("/invitations/<public_id>/public/<question_id>")
@may(*ROLES)
def keep(public_id: str, question_id: str) -> ResponseReturnValue:
    """Keep what the document says, or take it back."""
    invitation, question, _ = _question(public_id, question_id)
    form = request.form
    posted = {name: form.getlist(name) for name in form}
    value = None
    if form.get("take_back") != "yes":
        value = read_answer(question, posted, local_day(db_session(), clock.now())).value
        if value is None:
            problem = gettext("Give the answer in the form that the question asks for.")
            return _form(invitation, question, form, form.getlist(question.id), problem), 422
    address = url_for(".index", public_id=public_id, _anchor=f"q-{question.id}")
    try:
        _keep(invitation, question, value)
    except ReviewRefused as error:
        sentence = refusal(error)
        return _form(invitation, question, form, form.getlist(question.id), sentence), 422
    db_session().commit()
    flash(gettext("It is kept, and the supplier is rated again."), "success")
    return redirect(address, 303)


def _keep(invitation: Invitation, question: Question, value: Value | None) -> None:
    form = request.form
    row = answer_publicly(
        db_session(),
        invitation,
        question,
        value,
        url=form.get("url", ""),
        read_on=_day(form.get("read_on", "")),
        note=form.get("note", ""),
        by=signed_in_user().email,
        now=clock.now(),
    )
    details = {"question": question.id, "url": row.url, "taken_back": value is None}
    note("public_answer.kept", "invitation", invitation.public_id, details)


def _form(
    invitation: Invitation,
    question: Question,
    given: Mapping[str, str],
    chosen: list[str],
    problem: str = "",
) -> str:
    return render_template(
        "buyer/public_answers/edit.html",
        invitation=invitation,
        question=question,
        choices=[(each, _choice(question, each)) for each in question.choices()],
        given=given,
        chosen=chosen,
        problem=problem,
        counts=may_answer(db_session(), invitation),
        today=local_day(db_session(), clock.now()).isoformat(),
        kept=question.id in public_answers(db_session(), invitation.id),
    )


def _choice(question: Question, choice: str) -> str:
    value: Value = [choice] if question.type == "multi" else choice
    return "; ".join(in_words(question, value))


def _chosen(row: PublicAnswer | None) -> list[str]:
    if row is None:
        return []
    value = row.answer["value"]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _question(public_id: str, question_id: str) -> tuple[Invitation, Question, PublicAnswer | None]:
    """Return the question and what was read for it; 404 if it is not asked or cannot be read so."""
    invitation = _invitation(public_id)
    rows = public_answers(db_session(), invitation.id)
    question = _survey(invitation, rows).question(question_id)
    if question is None:
        abort(404)
    return invitation, question, rows.get(question_id)


def _survey(invitation: Invitation, rows: dict[str, PublicAnswer]) -> PublicSurvey:
    today, locale = local_day(db_session(), clock.now()), str(flask_babel.get_locale())
    return public_survey(db_session(), invitation, rows, today, locale)


def _invitation(public_id: str) -> Invitation:
    found = db_session().scalar(sa.select(Invitation).where(Invitation.public_id == public_id))
    if found is None:
        abort(404)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
