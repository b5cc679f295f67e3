"""Ways out for whoever cannot answer: decline, name the right person, or pass the form on to be signed."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.campaigns.models import DeclineKind
from portal.database import db_session
from portal.declarations import answering
from portal.declarations.standing import require_open
from portal.ratings import service as ratings
from portal.web.choices import offered_languages
from portal.web.clock import now
from portal.web.supplier.forms import DeclineForm, PersonForm, SignerForm
from portal.web.supplier.shell import ip_address, survey, survey_pages, visit

pages = survey_pages("leaving", __name__, needs_open=False)


@pages.get("/decline")
def leave() -> ResponseReturnValue:
    """Show both ways: the right person is somebody else, or nobody will answer."""
    require_open(visit().invitation)
    return render_template("supplier/leave.html", form=DeclineForm())


@pages.post("/decline")
def decline() -> ResponseReturnValue:
    """Note that the supplier does not answer, and why."""
    form = DeclineForm()
    if not form.validate_on_submit():
        require_open(visit().invitation)
        return render_template("supplier/leave.html", form=form), 422
    answering.decline(
        db_session(),
        visit().invitation,
        DeclineKind(form.decline_kind.data),
        form.decline_reason.data or "",
        now=now(),
        ip=ip_address(),
    )
    ratings.after_decline(db_session(), visit().invitation, now())
    db_session().commit()
    return redirect(url_for(".declined"))


@pages.get("/declined")
def declined() -> ResponseReturnValue:
    """Say that the refusal was noted, and how to answer after all."""
    return render_template("supplier/declined.html")


@pages.route("/refer", methods=["GET", "POST"])
def refer() -> ResponseReturnValue:
    """Take the name of the right person; the buyer confirms it before anybody is written to."""
    require_open(visit().invitation)
    form = PersonForm()
    if not form.validate_on_submit():
        return render_template("supplier/refer.html", form=form), 422 if form.errors else 200
    answering.refer(
        db_session(),
        visit().invitation,
        form.name.data or "",
        form.email.data or "",
        now=now(),
        ip=ip_address(),
    )
    db_session().commit()
    return render_template("supplier/referred.html")


@pages.route("/signatory", methods=["GET", "POST"])
def signatory() -> ResponseReturnValue:
    """Mail the person who signs a link of their own."""
    invitation = visit().invitation
    require_open(invitation, correcting=bool(visit().correcting))
    form = SignerForm(
        name=invitation.signer_name,
        email=invitation.signer_email,
        locale=invitation.signer_locale or invitation.locale,
    )
    form.locale.choices = offered_languages()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        page = render_template("supplier/signatory.html", form=form, missing=survey().missing)
        return page, status
    answering.request_signature(
        db_session(),
        invitation,
        name=form.name.data or "",
        email=form.email.data or "",
        locale=form.locale.data,
        now=now(),
        correcting=bool(visit().correcting),
    )
    db_session().commit()
    return render_template("supplier/passed_on.html", name=form.name.data, email=form.email.data)
