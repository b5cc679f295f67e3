"""Corrective actions: their list, one action's page, and drawing one up from a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers.queries import local_day, users
from portal.database import db_session
from portal.followup import actions as service
from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.action_queries import Listed, Wanted, action_by, proof_file
from portal.followup.action_queries import actions as listed
from portal.ratings.finding_queries import finding_by
from portal.ratings.models import Finding
from portal.state import state
from portal.suppliers.models import Supplier
from portal.web import clock
from portal.web.buyer import finding_words
from portal.web.buyer.action_forms import PlanForm, proposed
from portal.web.buyer.action_page import action_page, refuse
from portal.web.buyer.authorship import author
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.downloads import download
from portal.web.supplier.action_words import STATES

pages = buyer_pages("actions", __name__)

FILTERS = ("state", "owner", "overdue", "supplier")
ACTORS = ("admin", "buyer", "reviewer")


@pages.get("/actions")
def index() -> ResponseReturnValue:
    """List the actions, those due first on top; filters and page stand in the address."""
    given = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    session, today = db_session(), local_day(db_session(), clock.now())
    wanted = _wanted(given)
    found = listed(session, wanted, today, _page())
    return render_template(
        "buyer/actions/index.html",
        given=given,
        found=found,
        actions=found.rows,
        measures=finding_words.measures(session, found.rows),
        states=STATES,
        users=users(session),
        supplier=row_or_404(Supplier, wanted.supplier_id) if wanted.supplier_id else None,
        today=today,
        is_overdue=service.is_overdue,
        **_neighbours(found, given),
    )


@pages.route("/findings/<finding_id>/action", methods=["GET", "POST"])
@may(*ACTORS)
def new(finding_id: str) -> ResponseReturnValue:
    """Draw up an action under a finding, from the measure that its questionnaire drafted."""
    finding = finding_by(db_session(), finding_id)
    if finding is None:
        abort(404)
    [told] = finding_words.told(db_session(), [finding])
    form = _plan_form(finding, told.measure)
    if not form.is_submitted():
        return _new_page(told, form)
    if not form.validate():
        return _new_page(told, form), 422
    as_drafted = bool(told.measure) and (form.measure.data or "").strip() == told.measure.strip()
    try:
        action = service.draw_up(
            db_session(), finding, form.plan(), author(), as_drafted=as_drafted
        )
    except service.ActionRefused as error:
        refuse(form, error)
        return _new_page(told, form), 422
    db_session().commit()
    flash(gettext("The corrective action is drawn up. Share it with the supplier next."), "success")
    return redirect(url_for(".show", public_id=action.public_id), 303)


@pages.get("/actions/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """One action: what it is about, what has happened, and what can be done next."""
    return action_page(action_or_404(public_id))


@pages.get("/actions/<public_id>/files/<int:file_id>")
def file(public_id: str, file_id: int) -> ResponseReturnValue:
    """Return a file that shows what was done; gone (410) where the store has lost it."""
    action = action_or_404(public_id)
    found = proof_file(db_session(), action, file_id)
    if found is None:
        abort(404)
    try:
        return download(state().files, found.storage_key, found.name)
    except FileNotFoundError:
        abort(410)


def action_or_404(public_id: str) -> CorrectiveAction:
    """Return the action of the signed-in user's buyer that is named so; 404 if there is none."""
    action = action_by(db_session(), public_id)
    if action is None:
        abort(404)
    return action


def _plan_form(finding: Finding, measure: str) -> PlanForm:
    today = local_day(db_session(), clock.now())
    day = service.proposed_day(finding.severity, today)
    return proposed(measure, signed_in_user().id, day).offer(users(db_session()))


def _new_page(told: finding_words.ToldFinding, form: PlanForm) -> str:
    return render_template(
        "buyer/actions/new.html",
        finding=told,
        form=form,
        days=service.DAYS_TO_ACT[told.row.severity],
    )


def _wanted(given: Mapping[str, str]) -> Wanted:
    """Return the filters; 400 for what there is not."""
    chosen, overdue = given.get("state", ""), given.get("overdue", "")
    if chosen not in {"", "standing", *ActionState} or overdue not in {"", "yes"}:
        abort(400)
    return Wanted(
        state=ActionState(chosen) if chosen and chosen != "standing" else None,
        standing=chosen == "standing",
        owner_id=_number(given.get("owner", "")),
        supplier_id=_number(given.get("supplier", "")),
        overdue=overdue == "yes",
    )


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(400)
    return int(text)


def _page() -> int:
    page = _number(request.args.get("page", "1"))
    if not page:
        abort(400)
    return page


def _neighbours(found: Listed, given: Mapping[str, str]) -> dict[str, str]:
    def address(page: int) -> str:
        query: dict[str, Any] = {**given, "page": page}
        return url_for(".index", **query)

    return {
        "previous_url": address(found.page - 1) if found.page > 1 else "",
        "next_url": address(found.page + 1) if found.last < found.total else "",
    }
