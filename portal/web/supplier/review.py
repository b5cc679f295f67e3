"""Check your answers, sign, or pass the form on to the person who signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import flask_babel
from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.declarations import answering, drafts, service, signing
from portal.declarations.models import SignatoryRole
from portal.declarations.survey import Place, Survey
from portal.i18n import question_translator
from portal.jobs import deliver_soon
from portal.questionnaires.consistency import contradictions
from portal.questionnaires.schema import Question
from portal.questionnaires.texts import check_context
from portal.ratings.doubts import known_before
from portal.screening.signed import follow
from portal.state import state
from portal.web.clock import now
from portal.web.supplier import grants
from portal.web.supplier.forms import SendBackForm, SigningForm
from portal.web.supplier.section_page import in_words
from portal.web.supplier.sections import address
from portal.web.supplier.shell import ip_address, survey, survey_pages, visit, writing

pages = survey_pages("review", __name__, for_signatory=True, writes_late=True)


@pages.get("/review")
def review() -> ResponseReturnValue:
    """Show every answer in words, by section, with a way to change each."""
    return _review(survey(), SendBackForm())


@pages.post("/send-back")
def send_back() -> ResponseReturnValue:
    """Give the form back to whoever filled it in."""
    form = SendBackForm()
    if not form.validate_on_submit():
        return _review(survey(), form), 422
    with writing() as session:
        answering.send_back(session, visit().invitation, form.comment.data or "", now())
    return render_template("supplier/sent_back.html")


@pages.route("/sign", methods=["GET", "POST"])
def sign() -> ResponseReturnValue:
    """Show what is stated and who signs; a complete form becomes a sealed declaration."""
    found, form = survey(), SigningForm()
    authority = gettext("I may sign for %(name)s.", name=visit().invitation.supplier.name)
    form.offer(signing.allowed_roles(found), authority)
    if not form.validate_on_submit():
        if not form.errors:
            form.seen.data = drafts.fingerprint(found.revisions)
        return _sign_page(found, form), 422 if form.errors else 200
    signatory = signing.Signatory(
        form.signatory_name.data or "",
        form.signatory_title.data or "",
        SignatoryRole(form.signatory_role.data),
        authority,
    )
    try:
        return _declare(signatory, form.seen.data or None)
    except service.Incomplete:
        return _review(survey(), SendBackForm()), 422
    except service.ChangedMeanwhile:
        flash(
            gettext("The answers were changed while you were reading. Please look at them again."),
            "warning",
        )
        return redirect(url_for(".review"))


def _declare(signatory: signing.Signatory, seen: str | None) -> ResponseReturnValue:
    """Sign; the receipt is shown, whether this made it or an earlier submit."""
    with writing() as session:
        signed = service.sign(
            session,
            visit().invitation,
            signatory,
            key=state().seal_key,
            short_form=state().library.scoring.short_form,
            locale=visit().locale,
            now=now(),
            ip=ip_address(),
            seen=seen,
            previous=visit().correcting,
        )
        if signed.new:
            follow(session, signed.declaration, now())
    deliver_soon()
    grants.end_correction(g.public_id)
    return redirect(url_for("receipt.receipt"))


def _review(found: Survey, form: SendBackForm) -> str:
    missing = [
        (place, question)
        for question_id in found.missing
        if (place := found.place_of(question_id))
        if (question := place.questionnaire.question(question_id))
    ]
    return render_template(
        "supplier/review.html",
        survey=found,
        form=form,
        missing=missing,
        doubts=[] if missing else list(_doubts(found)),
        in_words=in_words,
        address=address,
        back_url=url_for("hub.hub") if visit().may_answer else "",
    )


def _doubts(found: Survey) -> Iterator[tuple[str, list[tuple[Place, Question]]]]:
    """Yield what is gently asked before signing, each with the questions whose answers are behind it."""
    translate = question_translator(str(flask_babel.get_locale()))
    checks = [check for check in state().library.checks if check.ask]
    known = known_before(db_session(), found.invitation, found.questionnaires, found.shown.answers)
    context = replace(found.context, values={**found.context.values, **known})
    for check, question_ids in contradictions(checks, found.questionnaires, found.shown, context):
        behind = [
            (place, question)
            for question_id in question_ids
            if (place := found.place_of(question_id))
            if (question := place.questionnaire.question(question_id))
        ]
        yield translate(check_context(check.id), check.ask), behind


def _sign_page(found: Survey, form: SigningForm) -> str:
    return render_template(
        "supplier/sign.html",
        survey=found,
        form=form,
        stated=signing.stated(found),
        back_url=url_for(".review"),
        back_text=gettext("Back to your answers"),
    )
