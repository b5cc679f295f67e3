"""The pages of a thread about a corrective action: what is asked, and what the supplier says to it."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from portal.database import db_session
from portal.declarations.attachments import Refused
from portal.events.models import Actor
from portal.followup import sharing
from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.actions import ActionRefused, Proof
from portal.jobs import deliver_soon
from portal.state import state
from portal.suppliers.service import Author
from portal.web.clock import now
from portal.web.supplier.action_forms import ProposalForm, ReportForm
from portal.web.supplier.action_words import REFUSALS
from portal.web.supplier.sentences import file_sentence
from portal.web.supplier.shown_action import shown_action
from portal.web.supplier.thread_shell import buyer_of, thread, thread_pages
from portal.web.uploads import posted_files

pages = thread_pages("follow_up_action", __name__)


@pages.get("/action")
def show() -> ResponseReturnValue:
    """Show what was found, what should be done until when, and what has happened since."""
    return _page(ReportForm(), ProposalForm())


@pages.post("/action/report")
def report() -> ResponseReturnValue:
    """Keep how far the supplier has come, with its proof."""
    form = ReportForm()

    def act() -> None:
        proof = Proof(state().files, posted_files("files"))
        chosen, text = ActionState(form.state.data), form.text.data or ""
        sharing.report(db_session(), _action(), chosen, _author(), text=text, proof=proof)

    return _acted(form, act) or (_page(form, ProposalForm(formdata=None), form), 422)


@pages.post("/action/proposal")
def propose() -> ResponseReturnValue:
    """Keep another measure or day that the supplier proposes."""
    form = ProposalForm()

    def act() -> None:
        sharing.propose(
            db_session(),
            _action(),
            _author(),
            measure=form.measure.data or "",
            due_on=form.due_on.data,
            why=form.why.data or "",
        )

    return _acted(form, act) or (_page(ReportForm(formdata=None), form, form), 422)


def _acted(form: FlaskForm, act: Callable[[], None]) -> ResponseReturnValue | None:
    """Do `act` if `form` is whole, commit, and go back to the page; None where something is refused."""
    if not form.validate():
        return None
    try:
        act()
    except ActionRefused as error:
        name, sentence = REFUSALS[error.reason]
        if name in form:
            form[name].errors = [str(sentence)]
        else:
            form.form_errors.append(str(sentence))
        return None
    except Refused as error:
        form.files.errors = [file_sentence(error)]
        return None
    db_session().commit()
    deliver_soon()
    flash(gettext("Thank you. %(buyer)s has been told.", buyer=buyer_of(thread()).name), "success")
    return redirect(url_for(".show"), 303)


def _action() -> CorrectiveAction:
    return sharing.shared_in(db_session(), thread()) or abort(404)


def _author() -> Author:
    return Author(now(), thread().contact.email, Actor.SUPPLIER, ip=request.remote_addr or "")


def _page(
    report_form: ReportForm, proposal_form: ProposalForm, faulty: FlaskForm | None = None
) -> str:
    return render_template(
        "supplier/follow_up/action.html",
        action=shown_action(db_session(), _action()),
        report_form=report_form,
        proposal_form=proposal_form,
        faulty=faulty,
        zone=buyer_of(thread()).zone,
    )
