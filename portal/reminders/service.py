"""What can be done with reminders: send those that are due, send one by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.models import Invitation, InvitationState
from portal.campaigns.plan import Schedule, Step
from portal.outbox.models import Message
from portal.outbox.queries import just_queued
from portal.outbox.service import queue
from portal.reminders.models import Reminder
from portal.reminders.queries import REMINDABLE, DueReminder, due_reminders, last_mail, schedule_of
from portal.reminders.rules import COOL_DOWN, Text, text_for
from portal.suppliers.models import Contact

_MANUAL = "manual-"


class NotRemindable(Exception):
    """The invitation is answered, withdrawn, not out yet, closed, or nobody there may be mailed."""


class RemindedLately(Exception):
    """Mail went out within the cool-down, and no reason was given; `last` is that mail."""

    def __init__(self, last: Message | None) -> None:
        super().__init__("mail went out within the last 48 hours")
        self.last = last


class RemindedJustNow(Exception):
    """The very same reminder is on its way: the button was pressed twice."""


@dataclass(frozen=True)
class Mail:
    """A reminder as it would be sent now: template and reader."""

    template: Text
    recipient: str
    locale: str


def send_due(session: Session, now: datetime, limit: int = 200) -> list[Reminder]:
    """Queue what is due for the session's buyer and return the ledger rows, at most `limit`.

    Each row stands in one transaction with its message, and there is one per invitation and step:
    whatever another worker has done already is left alone. Call again until nothing is returned.
    """
    sent = (send(session, due, now) for due in due_reminders(session, now, limit))
    return [reminder for reminder in sent if reminder]


def send(session: Session, found: DueReminder, now: datetime) -> Reminder | None:
    """Queue one due reminder and return its ledger row; None if another worker was faster."""
    try:
        with session.begin_nested():
            for step in found.due.passed_over:
                _write(session, found.invitation, step, now)
            mail = proposed(session, found.invitation, found.schedule, now)
            message = _queue(session, found.invitation, mail, now)
            return _write(session, found.invitation, found.due.step, now, message)
    except IntegrityError:
        return None


def remind_now(
    session: Session, invitation: Invitation, now: datetime, *, by: str, reason: str = ""
) -> Reminder:
    """Queue a reminder by hand, outside the plan, and return its ledger row.

    Raises:
        NotRemindable: there is nothing to remind of, or nobody to remind.
        RemindedLately: mail went out within 48 hours and `reason` is empty.
        RemindedJustNow: the button was pressed twice.
    """
    if not is_remindable(invitation):
        raise NotRemindable
    schedule = schedule_for(session, invitation)
    mail = proposed(session, invitation, schedule, now)
    if just_queued(session, invitation.id, mail.template, mail.recipient, context={}, now=now):
        raise RemindedJustNow
    last = last_mail(session, invitation)
    if last and is_recent(last, now) and not reason.strip():
        raise RemindedLately(last)
    step = Step(f"{_MANUAL}{_sent_by_hand(session, invitation) + 1}", schedule.day_of(now))
    try:
        with session.begin_nested():
            message = _queue(session, invitation, mail, now)
            return _write(session, invitation, step, now, message, by=by)
    except IntegrityError:  # two people at once
        raise RemindedLately(last_mail(session, invitation)) from None


def is_recent(mail: Message, now: datetime) -> bool:
    """Return whether `mail` went out so lately that another one needs a reason."""
    return now - (mail.sent_at or mail.created_at) < COOL_DOWN


def is_remindable(invitation: Invitation) -> bool:
    """Return whether a reminder of `invitation` would make sense and may be mailed."""
    return (
        invitation.state in REMINDABLE
        and invitation.campaign.closed_at is None
        and invitation.contact.usable
    )


def schedule_for(session: Session, invitation: Invitation) -> Schedule:
    """Return the schedule that `invitation` follows."""
    country = session.get_one(Buyer, store.scoped_buyer_id(session)).country
    return schedule_of(invitation.campaign, invitation.extended_to, country)


def proposed(session: Session, invitation: Invitation, schedule: Schedule, now: datetime) -> Mail:
    """Return the reminder that fits how far the supplier has come.

    While only the signature is missing it goes to the person who signs, unless that address is
    known not to be mailed: then to the contact.
    """
    signing = awaits_signature(invitation) and not _is_barred(session, invitation)
    text = text_for(
        schedule,
        now,
        started=invitation.state is InvitationState.STARTED,
        awaits_signature=signing,
    )
    if signing:
        return Mail(text, invitation.signer_email, invitation.signer_locale or invitation.locale)
    return Mail(text, invitation.contact.email, invitation.locale)


def awaits_signature(invitation: Invitation) -> bool:
    """Return whether everything but the signature is done and somebody was asked for it."""
    return (
        invitation.state is InvitationState.STARTED
        and invitation.signature_requested_at is not None
        and bool(invitation.signer_email)
    )


def _is_barred(session: Session, invitation: Invitation) -> bool:
    barred = sa.select(Contact.id).where(
        Contact.supplier_id == invitation.supplier_id,
        sa.func.lower(Contact.email) == invitation.signer_email.lower(),
        sa.or_(
            Contact.bounced_at.is_not(None),
            Contact.left_at.is_not(None),
            Contact.objected_at.is_not(None),
        ),
    )
    return session.scalars(barred.limit(1)).first() is not None


def _queue(session: Session, invitation: Invitation, mail: Mail, now: datetime) -> Message:
    return queue(
        session,
        template=mail.template,
        locale=mail.locale,
        recipient=mail.recipient,
        context={},
        invitation_id=invitation.id,
        now=now,
    )


def _sent_by_hand(session: Session, invitation: Invitation) -> int:
    rows = sa.select(sa.func.count(Reminder.id)).where(
        Reminder.invitation_id == invitation.id, Reminder.step.startswith(_MANUAL)
    )
    return session.scalars(rows).one()


def _write(
    session: Session,
    invitation: Invitation,
    step: Step,
    now: datetime,
    message: Message | None = None,
    *,
    by: str = "",
) -> Reminder:
    reminder = Reminder(
        invitation_id=invitation.id,
        step=step.name,
        due_on=step.day,
        message_id=message.id if message else None,
        created_at=now,
        created_by=by,
    )
    session.add(reminder)
    session.flush()
    return reminder
