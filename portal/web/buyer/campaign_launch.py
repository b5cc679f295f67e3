"""Launching by page: what, whom, when, then a look at everything before it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from wtforms import DateField

from portal.buyers.models import Buyer
from portal.campaigns.audience import Audience, audience
from portal.campaigns.models import Campaign
from portal.campaigns.service import CannotLaunch, Launch, check_deadline, launch
from portal.database import db_session
from portal.i18n import language_tag, offered_locales, question_translator, uncertain_texts
from portal.jobs import deliver_soon
from portal.mail.wording import deadline_words
from portal.questionnaires.texts import localized
from portal.ratings import service as ratings
from portal.ratings.contexts import contexts_in_force
from portal.reports.register import countries_and_categories
from portal.screening import service as screening
from portal.suppliers.models import SupplierKind
from portal.web import clock
from portal.web.buyer import launch_draft
from portal.web.buyer.action_forms import given
from portal.web.buyer.authorship import author
from portal.web.buyer.campaign_again import repeated
from portal.web.buyer.campaign_words import OBSTACLES, faulty
from portal.web.buyer.launch_draft import Draft
from portal.web.buyer.launch_forms import WhatForm, WhenForm, WhomForm, parse_plan
from portal.web.buyer.launch_leaving_out import LeavingOut, leaving_out
from portal.web.buyer.launch_preview import previews
from portal.web.buyer.launch_sets import sets_of_launch
from portal.web.buyer.offering import offered, translators
from portal.web.buyer.questionnaire_titles import titles
from portal.web.buyer.reminder_words import step_name
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.buyer.supplier_words import reader_locale

pages = buyer_pages("campaign_launch", __name__)
ASKERS = ("admin", "buyer")


@pages.route("/campaigns/new", methods=["GET", "POST"])
@may(*ASKERS)
def what() -> ResponseReturnValue:
    """Choose the questionnaires and a title."""
    draft = launch_draft.current()
    kept = {
        "title": draft.title,
        "purpose": draft.purpose,
        "reporting": draft.reporting,
        "questionnaires": list(draft.questionnaires),
    }
    form = WhatForm(data=kept).offer(offered())
    if not form.is_submitted():
        return _what_page(draft, form)
    if not form.validate():
        return _what_page(draft, form), 422
    launch_draft.keep(
        title=(form.title.data or "").strip(),
        purpose=(form.purpose.data or "").strip(),
        reporting=bool(form.reporting.data),
        questionnaires=form.questionnaires.data,
    )
    return redirect(url_for(".whom"), 303)


def _what_page(draft: Draft, form: WhatForm) -> str:
    repeats = db_session().get(Campaign, draft.repeats) if draft.repeats else None
    return render_template(
        "buyer/campaigns/what.html",
        form=form,
        repeats=repeats,
        repeated=repeated(repeats) if repeats else None,
        titles=titles(),
    )


@pages.route("/campaigns/new/whom", methods=["GET", "POST"])
@may(*ASKERS)
def whom() -> ResponseReturnValue:
    """Choose the suppliers, or the owners of agreements if they are asked."""
    draft = launch_draft.current()
    scope = draft.scope
    if "everybody" in request.form:
        launch_draft.keep(scope_rule=str(replace(scope, key=())))
        return redirect(url_for(".whom"), 303)
    lists = ("criticality", "country", "category", "channel")
    kept: dict[str, object] = {name: list(getattr(scope, name)) for name in lists}
    kept |= {"spend_from": scope.spend_from, "spend_to": scope.spend_to}
    form = WhomForm(data=kept).offer(*countries_and_categories(db_session()))
    if not form.is_submitted() or not form.validate():
        page = render_template(
            "buyer/campaigns/whom.html",
            form=form,
            named=scope.key,
            owners=draft.kind is SupplierKind.AGREEMENT_OWNER,
        )
        return page, 422 if form.is_submitted() else 200
    launch_draft.keep(scope_rule=str(replace(form.scope(), key=scope.key)))
    return redirect(url_for(".when"), 303)


@pages.route("/campaigns/new/when", methods=["GET", "POST"])
@may(*ASKERS)
def when() -> ResponseReturnValue:
    """Choose the deadline and the reminders."""
    draft = launch_draft.current()
    form = WhenForm(data={"deadline": draft.day, "plan": ", ".join(map(str, draft.plan))})
    if not form.is_submitted():
        return render_template("buyer/campaigns/when.html", form=form)
    if not form.validate() or not _is_possible(form.deadline):
        return render_template("buyer/campaigns/when.html", form=form), 422
    launch_draft.keep(deadline=str(form.deadline.data), plan=parse_plan(form.plan.data or ""))
    return redirect(url_for(".check"), 303)


def _is_possible(deadline: DateField) -> bool:
    """Return whether suppliers can be given until this day; the field says why not."""
    try:
        check_deadline(given(deadline), _buyer().zone, clock.now())
    except CannotLaunch as error:
        deadline.errors = [faulty(error)]
        return False
    return True


@pages.get("/campaigns/new/check")
@may(*ASKERS)
def check() -> ResponseReturnValue:
    """Show who would be asked, who cannot be, the mail in each language, before anything is sent."""
    draft = launch_draft.current()
    if not draft.questionnaires or not draft.day:
        return redirect(url_for(".what"), 303)
    return _check_page(draft, draft.day)


@pages.get("/campaigns/new/questions")
@may(*ASKERS)
def questions() -> ResponseReturnValue:
    """Show every question of what is chosen, to read or print, in the reader's language or `?language=`."""
    asked = request.args.get("language", "")
    locale = asked if asked in offered_locales() else reader_locale()
    translate = question_translator(locale)
    return render_template(
        "buyer/campaigns/questions.html",
        questionnaires=[localized(each, translate) for each in launch_draft.current().chosen()],
        lang=language_tag(locale),
        chosen_locale=locale,
        uncertain={
            (each.context, each.translation): each.reason for each in uncertain_texts(locale)
        },
    )


@pages.post("/campaigns/new/send")
@may(*ASKERS)
def send() -> ResponseReturnValue:
    """Launch what was shown, if it is still the same."""
    draft = launch_draft.current()
    if not draft.questionnaires or not draft.day:
        return redirect(url_for(".what"), 303)
    now = clock.now()
    chosen = leaving_out(db_session(), draft, _audience(draft, now))
    if request.form.get("count") != str(len(chosen.found.asked)):
        sentence = gettext("The register was changed meanwhile. Look at it again.")
        return _check_page(draft, draft.day, sentence), 409
    try:
        done = _launch(draft, draft.day, chosen, now)
    except CannotLaunch as error:
        db_session().rollback()
        return _check_page(draft, draft.day, faulty(error)), 422
    ratings.after_launch(db_session(), done.invitations, now)
    screening.after_launch(db_session(), done.invitations, author())
    campaign_id, count = done.campaign.id, len(done.invitations)
    db_session().commit()
    deliver_soon()
    launch_draft.forget()
    flash(_on_their_way(count), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


def _on_their_way(count: int) -> str:
    return str(
        ngettext(
            "%(num)d invitation is on its way.", "%(num)d invitations are on their way.", count
        )
    )


def _buyer() -> Buyer:
    return signed_in_user().buyer


def _audience(draft: Draft, now: datetime) -> Audience:
    return audience(db_session(), draft.scope, draft.questionnaires, now, draft.kind)


def _launch(draft: Draft, deadline: date, chosen: LeavingOut, now: datetime) -> Launch:
    return launch(
        db_session(),
        title=draft.title,
        purpose=draft.purpose,
        reporting=draft.reporting,
        questionnaires=draft.chosen(),
        translators=translators(offered_locales()),
        deadline=deadline,
        zone=_buyer().zone,
        plan=draft.plan,
        scope=draft.scope,
        contexts=contexts_in_force(db_session()),
        launched_by=signed_in_user().email,
        now=now,
        leave_out=chosen.recent,
        still_valid=chosen.still_valid,
    )


def _check_page(draft: Draft, deadline: date, error: str = "") -> str:
    now = clock.now()
    chosen = leaving_out(db_session(), draft, _audience(draft, now))
    found = chosen.found
    return render_template(
        "buyer/campaigns/check.html",
        draft=draft,
        deadline=deadline_words(deadline, _buyer().zone),
        plan=[step_name(str(day)) for day in draft.plan],
        sets=sets_of_launch(db_session(), found.asked, draft.chosen()),
        found=found,
        owners=draft.kind is SupplierKind.AGREEMENT_OWNER,
        chosen=chosen,
        obstacles=OBSTACLES,
        previews=previews(
            db_session(),
            _buyer(),
            found.asked,
            draft.chosen(),
            title=draft.title,
            purpose=draft.purpose,
            deadline=deadline,
            now=now,
        ),
        errors=[("", error)] if error else [],
    )
