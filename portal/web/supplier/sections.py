"""The pages on which questions are answered: one per section, saved as a whole or field by field."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from portal.declarations.survey import Place, Survey
from portal.questionnaires.problems import Problem
from portal.web.clock import now
from portal.web.supplier import section_page
from portal.web.supplier.posted import most_lines, posted_form
from portal.web.supplier.saving import Outcome, save
from portal.web.supplier.sentences import problem_sentence
from portal.web.supplier.shell import survey, survey_pages, visit

pages = survey_pages("sections", __name__, writes_late=True)
STAYING = ("remove_file", "remove_row", "add_row")
LEAVING_AS_IT_IS = (*STAYING, "switch_language", "go")


@pages.get("/<questionnaire_id>/<section_id>")
def section(questionnaire_id: str, section_id: str) -> ResponseReturnValue:
    """Show a section; one in which nothing is asked leads back to the overview."""
    found = survey()
    place = _place(found, questionnaire_id, section_id)
    if place is None:
        return redirect(url_for("hub.hub"))
    return section_page.show(
        found, place, check="check" in request.args, lines=request.args.get("lines", "")
    )


@pages.post("/<questionnaire_id>/<section_id>")
def save_section(questionnaire_id: str, section_id: str) -> ResponseReturnValue:
    """Keep what was written, then go on; what cannot be kept is shown again with the reason."""
    before = survey()
    place = _place(before, questionnaire_id, section_id)
    if place is None:
        return redirect(url_for("hub.hub"))
    locale = request.form.get("locale", "") if request.form.get("switch_language") else ""
    outcome = save(before, before.unlocked(place.section), posted_form(request), locale)
    leaving = not any(request.form.get(name) for name in LEAVING_AS_IT_IS)
    if leaving and not outcome.opened:
        outcome = outcome.unexplained(place.section)
    if not outcome.clean:
        return section_page.show_again(outcome, place), 422
    return redirect(_next(outcome, place))


@pages.post("/<questionnaire_id>/<section_id>/autosave")
def autosave(questionnaire_id: str, section_id: str) -> ResponseReturnValue:
    """Keep single fields while somebody is writing; the answer says what to show beside them."""
    before = survey()
    place = _place(before, questionnaire_id, section_id)
    if place is None:
        abort(404)
    outcome = save(before, before.unlocked(place.section), posted_form(request))
    after = outcome.survey
    shown = [question.id for question in after.supposed(place.section).of(place.section)]
    conflict = gettext(
        "Somebody else has answered this meanwhile. Save the page to see both answers."
    )
    return jsonify(
        saved=_clock_time(now(), visit().invitation.campaign.zone),
        visible=shown,
        revisions={
            name: after.revisions.get(name, 0) for name in shown if name not in outcome.conflicts
        },
        errors={name: _sentences(outcome, name) for name in outcome.problems},
        conflict=conflict if outcome.conflicts else None,
    )


def _place(found: Survey, questionnaire_id: str, section_id: str) -> Place | None:
    """Return where the section stands, None if nothing in it is asked; an unknown one is not found."""
    questionnaire = next((q for q in found.questionnaires if q.id == questionnaire_id), None)
    section = questionnaire.section(section_id) if questionnaire else None
    if section is None:
        abort(404)
    return next((p for p in found.open_places if p.section.id == section_id), None)


def _next(outcome: Outcome, place: Place) -> str:
    """Return where a saved page leads."""
    form = request.form
    if form.get("switch_language") or any(form.get(name) for name in STAYING):
        changed = form.get("add_row") or (form.get("remove_row") or "").split(".", 1)[0]
        return address(place, anchor=changed or None, lines=_lines(outcome, place))
    if outcome.opened:
        count = len(outcome.opened)
        flash(
            ngettext(
                "%(num)d more question because of your answers.",
                "%(num)d more questions because of your answers.",
                count,
            )
        )
        return address(place, anchor=outcome.opened[0].id)
    if form.get("go") == "overview":
        return url_for("hub.hub")
    following = outcome.survey.after(place.section)
    return address(following) if following else url_for("review.review")


def _lines(outcome: Outcome, place: Place) -> str | None:
    """Return how many lines the table shall have to which one is added; say so if there is no room."""
    added = request.form.get("add_row", "")
    question = place.questionnaire.question(added)
    if question is None:
        return None
    most = most_lines(question)
    if outcome.posted.lines(question) >= most:
        flash(problem_sentence(Problem(added, "too_many_rows", {"max": most}), question), "warning")
    return f"{added}.{outcome.posted.lines(question) + 1}"


def address(place: Place, anchor: str | None = None, lines: str | None = None) -> str:
    """Return where a section is answered; `lines` is how many a table in it shall have."""
    return url_for(
        "sections.section",
        questionnaire_id=place.questionnaire.id,
        section_id=place.section.id,
        lines=lines,
        _anchor=anchor,
    )


def _sentences(outcome: Outcome, question_id: str) -> str:
    place = outcome.survey.place_of(question_id)
    question = place.questionnaire.question(question_id) if place else None
    if question is None:
        return ""
    return " ".join(problem_sentence(each, question) for each in outcome.problems[question_id])


def _clock_time(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"
