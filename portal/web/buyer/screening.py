"""The short check of a new supplier: answered by the buyer, what it leads to, cleared or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import local_day
from portal.database import db_session
from portal.i18n import offered_locales, question_translator
from portal.questionnaires.answers import Context, comment_id
from portal.questionnaires.completeness import still_missing
from portal.questionnaires.schema import Question, Questionnaire
from portal.questionnaires.texts import frozen_texts, localized
from portal.questionnaires.values import read_answer, read_comment
from portal.questionnaires.visibility import visible
from portal.ratings.contexts import contexts_in_force
from portal.screening import service
from portal.screening.service import PRESCREEN
from portal.state import state
from portal.suppliers.models import Supplier, SupplierKind
from portal.web import clock
from portal.web.buyer import launch_draft
from portal.web.buyer.authorship import author
from portal.web.buyer.offering import offered
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.supplier_words import country_choices, reader_locale
from portal.web.supplier.sentences import problem_sentence

pages = buyer_pages("screening", __name__)
SCREENERS = ("admin", "buyer")

Values = dict[str, Any]
Errors = dict[str, list[str]]


@pages.route("/suppliers/<int:supplier_id>/screening", methods=["GET", "POST"])
@may(*SCREENERS)
def screen(supplier_id: int) -> ResponseReturnValue:
    """Answer the short check about a supplier; kept as answered by the buyer."""
    supplier = _screened_or_404(supplier_id)
    english = state().library[PRESCREEN]
    shown = localized(english, question_translator(reader_locale()))
    if request.method != "POST":
        return _page(supplier, shown, {}, {})
    facts = contexts_in_force(db_session())([supplier])[supplier.id]
    answers, errors = _read(shown)
    if errors:
        return _page(supplier, shown, answers, errors), 422
    translators = {name: question_translator(name) for name in offered_locales()}
    texts = frozen_texts(english, translators)
    service.screen(
        db_session(), supplier, english, texts, answers=answers, context=facts, author=author()
    )
    db_session().commit()
    flash(gettext("The screening is kept as answered by you."), "success")
    return _back(supplier)


@pages.post("/suppliers/<int:supplier_id>/screening/launch")
@may(*SCREENERS)
def prepare(supplier_id: int) -> ResponseReturnValue:
    """Begin a launch to this supplier with the questionnaires that were chosen."""
    supplier = _screened_or_404(supplier_id)
    chosen = [each.id for each in offered() if each.id in request.form.getlist("questionnaires")]
    if not chosen:
        flash(gettext("Choose at least one questionnaire."), "warning")
        return _back(supplier)
    launch_draft.forget()
    launch_draft.keep(
        title=gettext("Questions to %(name)s", name=supplier.name)[:255],
        questionnaires=chosen,
        scope_rule=str(launch_draft.only(supplier)),
    )
    return redirect(url_for("campaign_launch.what"), 303)


@pages.post("/suppliers/<int:supplier_id>/clearing")
@may(*SCREENERS)
def decide(supplier_id: int) -> ResponseReturnValue:
    """Clear the supplier, or not; always with a reason."""
    supplier = _screened_or_404(supplier_id)
    reason = request.form.get("reason", "")[:4000]
    try:
        if request.form.get("decision") == "cleared":
            today = local_day(db_session(), clock.now())
            service.clear(db_session(), supplier, reason, author(), today)
        else:
            service.refuse(db_session(), supplier, reason, author())
    except service.ReasonMissing:
        flash(gettext("Write the reason. It stays with the decision."), "warning")
        return _back(supplier)
    except service.CodeNotAccepted as error:
        flash(_not_accepted(error), "warning")
        return _back(supplier)
    db_session().commit()
    flash(gettext("The decision is kept."), "success")
    return _back(supplier)


def _screened_or_404(supplier_id: int) -> Supplier:
    """Return the supplier; 404 for an owner of an agreement too, who is never screened."""
    found = row_or_404(Supplier, supplier_id)
    return found if found.kind is SupplierKind.SUPPLIER else abort(404)


def _not_accepted(error: service.CodeNotAccepted) -> str:
    if error.accepted:
        return str(
            gettext(
                "The supplier cannot be cleared: it accepted version %(accepted)s of the Code of "
                "Conduct, and version %(wanted)s is in force.",
                accepted=error.accepted,
                wanted=error.wanted,
            )
        )
    return str(
        gettext(
            "The supplier cannot be cleared: it has not accepted the Code of Conduct, version "
            "%(wanted)s.",
            wanted=error.wanted,
        )
    )


def _back(supplier: Supplier) -> ResponseReturnValue:
    address = url_for("suppliers.show", supplier_id=supplier.id, _anchor="screening")
    return redirect(address, 303)


def _read(questionnaire: Questionnaire) -> tuple[Values, Errors]:
    """Return what was posted, and what is wrong with it or lacks, by question id."""
    posted = {name: request.form.getlist(name) for name in request.form}
    answers: Values = {}
    errors: Errors = {}
    for question in questionnaire.questions():
        answer, comment = read_answer(question, posted), read_comment(question, posted)
        for name, value in ((question.id, answer.value), (comment_id(question.id), comment.value)):
            if value is not None:
                answers[name] = value
        for problem in (*answer.problems, *comment.problems):
            errors.setdefault(question.id, []).append(problem_sentence(problem, question))
    context = Context()
    asked = visible([questionnaire], answers, context)
    for question_id in still_missing([questionnaire], asked, context):
        errors.setdefault(question_id, []).append(_lacks(question_id, answers))
    return answers, errors


def _lacks(question_id: str, answers: Values) -> str:
    if question_id in answers:
        return str(gettext("Please explain this answer in a comment."))
    return str(gettext("Please answer this question."))


def _page(supplier: Supplier, shown: Questionnaire, answers: Values, errors: Errors) -> str:
    return render_template(
        "buyer/suppliers/screen.html",
        supplier=supplier,
        questionnaire=shown,
        answers=answers,
        errors=errors,
        summary=[
            (name, f"{_text(shown.questions(), name)}: {said[0]}") for name, said in errors.items()
        ],
        countries=country_choices(),
    )


def _text(questions: Iterable[Question], question_id: str) -> str:
    return next(each.text for each in questions if each.id == question_id)
