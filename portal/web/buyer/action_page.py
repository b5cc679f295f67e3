"""One corrective action as people of the buyer see it, and what was wrong with a form on it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm

from portal.buyers.queries import local_day, users
from portal.database import db_session
from portal.followup import actions as service
from portal.followup import checks, remedies
from portal.followup.action_models import CorrectiveAction
from portal.followup.action_queries import files_of, steps_of
from portal.followup.proposals import waiting
from portal.suppliers.service import contacts_of
from portal.web import clock
from portal.web.buyer import finding_words
from portal.web.buyer.action_forms import (
    AnswerForm,
    CheckForm,
    PlanForm,
    RemedyForm,
    ShareForm,
    StateForm,
)
from portal.web.buyer.action_words import ASKED, OWN_STEPS, REFUSALS
from portal.web.buyer.rating_words import flag_name
from portal.web.supplier.action_words import STEPS, told


@dataclass
class Forms:
    """The forms on the page; one that was posted with faults stands in the place of the fresh one."""

    plan: PlanForm | None = None
    share: ShareForm = made(default_factory=lambda: ShareForm(prefix="share-"))
    state: StateForm = made(default_factory=lambda: StateForm(prefix="state-"))
    answer: AnswerForm = made(default_factory=lambda: AnswerForm(prefix="answer-"))
    check: CheckForm = made(default_factory=lambda: CheckForm(prefix="check-"))
    remedy: RemedyForm = made(default_factory=lambda: RemedyForm(prefix="remedy-"))


def action_page(
    action: CorrectiveAction, forms: Forms | None = None, faulty: FlaskForm | None = None
) -> str:
    """Return the page of `action`, with `forms` where one of them, `faulty`, was refused."""
    session, forms = db_session(), forms or Forms()
    if forms.plan is None:
        forms.plan = PlanForm.showing(action, measure_of(action))
    forms.plan.offer(users(session))
    contacts = sorted(contacts_of(session, action.supplier), key=lambda one: not one.primary)
    forms.share.offer(contacts)
    forms.state.offer()
    if not forms.state.state.raw_data:
        forms.state.state.data = action.state.value
    steps, files = steps_of(session, action), files_of(session, action)
    [finding] = finding_words.told(session, [action.finding])
    measure = measure_of(action)
    flag = checks.standing_flag(session, action.finding)
    return render_template(
        "buyer/actions/show.html",
        action=action,
        finding=finding,
        measure=measure,
        steps=[
            told(step, files.get(step.id, []), STEPS | OWN_STEPS, {action.measure: measure})
            for step in steps
        ],
        proposal=told(proposal) if (proposal := waiting(steps)) else None,
        has_proof=any(files.values()),
        remedies=remedies.remedies_of(session, action),
        asked=ASKED,
        flag=flag_name(flag.code) if flag else "",
        may_clear=checks.may_clear(session, action),
        is_overdue=service.is_overdue(action, local_day(session, clock.now())),
        forms=forms,
        faulty=faulty,
    )


def measure_of(action: CorrectiveAction) -> str:
    """Return the measure, in the reader's language where it stands as drafted."""
    return finding_words.measures(db_session(), [action])[action.id]


def refuse(form: FlaskForm, error: service.ActionRefused) -> None:
    """Say beside the field of `form` why something was refused; without such a field, above the form."""
    name, sentence = REFUSALS[error.reason]
    if name not in form:
        form.form_errors.append(str(sentence))
        return
    field: Any = form[name]
    field.errors = [*field.errors, str(sentence)]
