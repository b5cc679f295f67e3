"""What people of the buyer do to a corrective action on its page."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from portal.buyers.queries import users
from portal.database import db_session
from portal.declarations.attachments import Refused
from portal.followup import actions, checks, proposals, remedies, sharing
from portal.followup.action_models import ActionState, Asked, CorrectiveAction
from portal.followup.action_queries import steps_of
from portal.followup.actions import ActionRefused, Proof
from portal.followup.checks import Check
from portal.jobs import deliver_soon
from portal.state import state
from portal.suppliers.models import Contact
from portal.suppliers.service import contacts_of
from portal.web import clock
from portal.web.buyer.action_forms import (
    AnswerForm,
    CheckForm,
    PlanForm,
    RemedyForm,
    ShareForm,
    StateForm,
    given,
)
from portal.web.buyer.action_page import Forms, action_page, measure_of, refuse
from portal.web.buyer.action_words import REMEDY_FAULTS
from portal.web.buyer.actions import ACTORS, action_or_404
from portal.web.buyer.authorship import author
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may
from portal.web.supplier.sentences import file_sentence
from portal.web.uploads import posted_files

pages = buyer_pages("action_acts", __name__)


@pages.post("/actions/<public_id>/share")
@may(*ACTORS)
def share(public_id: str) -> ResponseReturnValue:
    """Mail the supplier a link to the action."""
    action, form = action_or_404(public_id), ShareForm(prefix="share-")
    form.offer(contacts_of(db_session(), action.supplier))

    def act() -> None:
        contact = row_or_404(Contact, form.contact_id.data)
        sharing.share(db_session(), action, contact, author())

    said = gettext("The mail is on its way.")
    answer = _acted(action, form, Forms(share=form), act, said, tells_supplier=False)
    deliver_soon()
    return answer


@pages.post("/actions/<public_id>/plan")
@may(*ACTORS)
def plan(public_id: str) -> ResponseReturnValue:
    """Set another measure, owner or day."""
    action = action_or_404(public_id)
    drafted = measure_of(action)
    form = PlanForm.showing(action, drafted).offer(users(db_session()))

    def act() -> None:
        wanted = form.plan()
        unchanged = wanted.measure.strip() == drafted.strip()
        actions.change(
            db_session(), action, wanted, author(), as_drafted=action.as_drafted and unchanged
        )

    return _acted(action, form, Forms(plan=form), act, gettext("The change is kept."))


@pages.post("/actions/<public_id>/state")
@may(*ACTORS)
def move(public_id: str) -> ResponseReturnValue:
    """Say how far the action has come."""
    action, form = action_or_404(public_id), StateForm(prefix="state-").offer()

    def act() -> None:
        chosen = ActionState(form.state.data)
        actions.move(db_session(), action, chosen, author(), text=form.text.data or "")

    return _acted(action, form, Forms(state=form), act, gettext("The state is kept."))


@pages.post("/actions/<public_id>/proposal")
@may(*ACTORS)
def answer(public_id: str) -> ResponseReturnValue:
    """Accept what the supplier proposes, or not."""
    action, form = action_or_404(public_id), AnswerForm(prefix="answer-")
    proposal = proposals.waiting(steps_of(db_session(), action))
    if proposal is None:
        flash(gettext("The proposal has been answered already."), "warning")
        return redirect(url_for("actions.show", public_id=action.public_id), 303)

    def act() -> None:
        accept = request.form.get("decision") == "accept"
        text = form.text.data or ""
        proposals.answer(db_session(), action, proposal, author(), accept=accept, text=text)

    return _acted(action, form, Forms(answer=form), act, gettext("Your answer is kept."))


@pages.post("/actions/<public_id>/check")
@may(*ACTORS)
def check(public_id: str) -> ResponseReturnValue:
    """Keep what a person has seen: the action closes with proof, or goes back to work."""
    action, form = action_or_404(public_id), CheckForm(prefix="check-")

    def act() -> None:
        proof = Proof(state().files, posted_files("check-files"))
        found = Check(form.seen.data or "", form.visited_on.data, proof)
        if request.form.get("decision") == "close":
            clears = bool(form.clears_flag.data)
            checks.close(db_session(), action, found, author(), clears_flag=clears)
        else:
            checks.send_back(db_session(), action, found, author())

    return _acted(action, form, Forms(check=form), act, gettext("The check is kept."))


@pages.post("/actions/<public_id>/remedy")
@may(*ACTORS)
def remedy(public_id: str) -> ResponseReturnValue:
    """Keep what was done for people who were harmed."""
    action, form = action_or_404(public_id), RemedyForm(prefix="remedy-")

    def act() -> None:
        told = remedies.Remedied(
            group=form.group.data or "",
            people=form.people.data,
            done=form.done.data or "",
            asked=Asked(form.asked.data),
            said=form.said.data or "",
            remedied_on=given(form.remedied_on),
        )
        remedies.add_remedy(db_session(), action, told, author())

    said = gettext("The remedy is recorded.")
    return _acted(action, form, Forms(remedy=form), act, said, tells_supplier=False)


def _acted(
    action: CorrectiveAction,
    form: FlaskForm,
    forms: Forms,
    act: Callable[[], None],
    sentence: str,
    *,
    tells_supplier: bool = True,
) -> ResponseReturnValue:
    """Do `act` if `form` is whole, commit, and go back to the page; else show it with what is wrong.

    Where the action is shared, its supplier gets a mail that there is news.
    """
    if form.validate():
        try:
            act()
        except ActionRefused as error:
            refuse(form, error)
        except remedies.RemedyRefused as error:
            name, said = REMEDY_FAULTS[error.fault]
            form[name].errors = [*form[name].errors, str(said)]
        except Refused as error:
            form.files.errors = [*form.files.errors, file_sentence(error)]
        else:
            if tells_supplier:
                sharing.tell_supplier(db_session(), action, sharing.NEWS, clock.now())
            db_session().commit()
            flash(sentence, "success")
            return redirect(url_for("actions.show", public_id=action.public_id), 303)
    return action_page(action, forms, form), 422
