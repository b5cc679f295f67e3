"""One invitation: its mails, and what the buyer can do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.campaigns import invitations as actions
from portal.campaigns.deadlines import OPEN_STATES, deadline_day, late, overdue
from portal.campaigns.invitations import NotPossible
from portal.campaigns.links import Purpose
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.followup.calls import calls_of
from portal.jobs import deliver_soon
from portal.mail.wording import deadline_words
from portal.outbox.queries import mails_of
from portal.reminders.service import is_remindable
from portal.reviews.public_answers import public_answers
from portal.suppliers.models import Contact
from portal.suppliers.service import contacts_of
from portal.web import clock
from portal.web.buyer.call_words import OUTCOMES, lines
from portal.web.buyer.campaign_words import hindered
from portal.web.buyer.reminder_words import template_name
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("invitations", __name__)
ASKERS = ("admin", "buyer")


@pages.get("/invitations/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """How far the supplier has come, every mail, and what can be done."""
    invitation, now = _invitation(public_id), clock.now()
    return render_template(
        "buyer/campaigns/invitation.html",
        invitation=invitation,
        deadline=deadline_words(deadline_day(invitation), invitation.campaign.zone),
        earliest=deadline_day(invitation).isoformat(),
        is_open=invitation.state in OPEN_STATES and not invitation.campaign.closed_at,
        overdue=overdue(invitation, now),
        late=late(invitation),
        remindable=is_remindable(invitation),
        others=[
            each
            for each in contacts_of(db_session(), invitation.supplier)
            if each.usable and each.id != invitation.contact_id
        ],
        mails=mails_of(db_session(), invitation.id),
        template_name=template_name,
        calls=[(call, lines(call)) for call in calls_of(db_session(), invitation_id=invitation.id)],
        call_outcomes=OUTCOMES,
        public=public_answers(db_session(), invitation.id),
    )


@pages.post("/invitations/<public_id>/withdraw")
@may(*ASKERS)
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take the invitation back."""
    done = gettext("The invitation is withdrawn. Its link opens nothing any more.")
    return _do(public_id, actions.withdraw, done)


@pages.post("/invitations/<public_id>/replace")
@may(*ASKERS)
def replace(public_id: str) -> ResponseReturnValue:
    """Make earlier links worthless and mail a new one."""
    purpose = Purpose.SIGN if request.form.get("purpose") == "sign" else Purpose.ANSWER

    def act(session: sa.orm.Session, invitation: Invitation, *, by: str, now: datetime) -> None:
        actions.replace_link(session, invitation, purpose=purpose, by=by, now=now)

    done = gettext("A new link is on its way. The links sent before no longer work.")
    return _do(public_id, act, done)


@pages.post("/invitations/<public_id>/extend")
@may(*ASKERS)
def extend(public_id: str) -> ResponseReturnValue:
    """Give this supplier more time."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        flash(gettext("Choose a day that gives the supplier more time."), "error")
        return _back(_invitation(public_id))

    def act(session: sa.orm.Session, invitation: Invitation, *, by: str, now: datetime) -> None:
        actions.extend(session, invitation, day, by=by, now=now)

    return _do(public_id, act, gettext("The supplier has more time."))


@pages.post("/invitations/<public_id>/contact")
@may(*ASKERS)
def change_contact(public_id: str) -> ResponseReturnValue:
    """Ask another contact of the supplier."""
    number = request.form.get("contact", "")
    contact_id = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0

    def act(session: sa.orm.Session, invitation: Invitation, *, by: str, now: datetime) -> None:
        contact = session.scalar(
            sa.select(Contact).where(
                Contact.id == contact_id, Contact.supplier_id == invitation.supplier_id
            )
        )
        if contact is None:
            abort(404)
        actions.change_contact(session, invitation, contact, by=by, now=now)

    return _do(public_id, act, gettext("The invitation is on its way to the other contact."))


@pages.post("/invitations/<public_id>/refer")
@may(*ASKERS)
def confirm_referral(public_id: str) -> ResponseReturnValue:
    """Ask the person whom the first contact named as the right one."""
    done = gettext("The invitation is on its way to the person who was named.")
    return _do(public_id, actions.confirm_referral, done)


def _do(public_id: str, act: Callable[..., object], done: str) -> ResponseReturnValue:
    """Do `act` to the invitation and say so, or say why it cannot be done."""
    invitation = _invitation(public_id)
    try:
        act(db_session(), invitation, by=signed_in_user().email, now=clock.now())
    except NotPossible as error:
        db_session().rollback()
        flash(hindered(error), "error")
        return _back(_invitation(public_id))
    db_session().commit()
    deliver_soon()
    flash(done, "success")
    return _back(invitation)


def _invitation(public_id: str) -> Invitation:
    found = db_session().scalar(sa.select(Invitation).where(Invitation.public_id == public_id))
    if found is None:
        abort(404)
    return found


def _back(invitation: Invitation) -> ResponseReturnValue:
    return redirect(url_for(".show", public_id=invitation.public_id), 303)
