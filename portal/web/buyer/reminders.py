"""Reminding one supplier by hand: what was sent last, what would be sent now, and sending it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.events.models import Actor
from portal.events.service import record
from portal.i18n import language_name
from portal.jobs import deliver_soon
from portal.mail.delivery import write
from portal.mail.letters import Letter
from portal.outbox.service import message
from portal.reminders.models import Reminder
from portal.reminders.queries import last_mail
from portal.reminders.service import (
    Mail,
    NotRemindable,
    RemindedJustNow,
    RemindedLately,
    is_recent,
    is_remindable,
    proposed,
    remind_now,
    schedule_for,
)
from portal.web import clock
from portal.web.buyer.reminder_words import template_name
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("reminders", __name__)
LONGEST_REASON = 1000


@pages.get("/invitations/<public_id>/remind")
@may("admin", "buyer")
def preview(public_id: str) -> ResponseReturnValue:
    """Show the last mail and the reminder that would be sent now."""
    return _page(_invitation(public_id))


@pages.post("/invitations/<public_id>/remind")
@may("admin", "buyer")
def send(public_id: str) -> ResponseReturnValue:
    """Send the reminder, and note who did it and why."""
    invitation, now = _invitation(public_id), clock.now()
    reason = " ".join(request.form.get("reason", "")[:LONGEST_REASON].split())
    by = signed_in_user().email
    try:
        reminder = remind_now(db_session(), invitation, now, by=by, reason=reason)
    except RemindedJustNow:
        return _sent(invitation)
    except RemindedLately:
        return _page(invitation, gettext("Say why it cannot wait.")), 422
    except NotRemindable:
        return _page(invitation), 409
    _note(invitation, reminder, reason, now)
    db_session().commit()
    deliver_soon()
    return _sent(invitation)


def _sent(invitation: Invitation) -> ResponseReturnValue:
    flash(gettext("The reminder is on its way."), "success")
    return redirect(url_for("suppliers.show", supplier_id=invitation.supplier_id), 303)


def _invitation(public_id: str) -> Invitation:
    found = db_session().scalar(sa.select(Invitation).where(Invitation.public_id == public_id))
    if found is None:
        abort(404)
    return found


def _page(invitation: Invitation, error: str = "") -> str:
    now = clock.now()
    mail = proposed(db_session(), invitation, schedule_for(db_session(), invitation), now)
    last = last_mail(db_session(), invitation)
    possible = is_remindable(invitation)
    return render_template(
        "buyer/reminders/remind.html",
        invitation=invitation,
        possible=possible,
        mail=mail,
        language=language_name(mail.locale),
        letter=_letter(invitation, mail, now) if possible else None,
        last=last,
        last_name=template_name(last.template) if last else "",
        needs_reason=last is not None and is_recent(last, now),
        error=error,
    )


def _letter(invitation: Invitation, mail: Mail, now: datetime) -> Letter:
    """Return the reminder as its reader would get it; nothing is queued."""
    unsent = message(
        template=mail.template,
        locale=mail.locale,
        recipient=mail.recipient,
        context={},
        invitation_id=invitation.id,
        now=now,
    )
    return write(db_session(), unsent, invitation, now)


def _note(invitation: Invitation, reminder: Reminder, reason: str, now: datetime) -> None:
    record(
        db_session(),
        at=now,
        actor_kind=Actor.BUYER,
        actor=reminder.created_by,
        action="invitation.reminded",
        subject_kind="invitation",
        subject_id=invitation.public_id,
        details={"step": reminder.step, "reason": reason},
        ip=request.remote_addr or "",
    )
