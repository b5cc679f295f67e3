"""What mails and the steps of a reminder plan are called."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext, ngettext

TEMPLATES = {
    "invitation": lazy_gettext("Invitation"),
    "new_link": lazy_gettext("New link"),
    "signature_request": lazy_gettext("Request to sign"),
    "sent_back": lazy_gettext("Sent back to the person who answers"),
    "reminder_not_started": lazy_gettext("Reminder: not started"),
    "reminder_started": lazy_gettext("Reminder: not finished"),
    "reminder_signature": lazy_gettext("Reminder: waiting for signature"),
    "deadline_passed": lazy_gettext("The deadline has passed"),
    "returned": lazy_gettext("Returned to be corrected"),
    "clarification": lazy_gettext("Question about an answer"),
    "clarification_reminder": lazy_gettext("Reminder of a question about an answer"),
    "user_clarification_answered": lazy_gettext("Reply to a question, to who asked"),
    "action_shared": lazy_gettext("Corrective action shared"),
    "action_news": lazy_gettext("News about a corrective action"),
    "action_reminder": lazy_gettext("Reminder of a corrective action"),
    "action_overdue": lazy_gettext("Corrective action overdue"),
    "user_action": lazy_gettext("Reply about a corrective action, to who sees to it"),
    "receipt": lazy_gettext("Receipt"),
    "user_alert": lazy_gettext("Critical answer, to people here"),
    "user_silence": lazy_gettext("Suppliers that do not answer, to users here"),
}


def template_name(template: str) -> str:
    """Return what a mail is called, by its template."""
    return str(TEMPLATES.get(template, template.replace("_", " ").capitalize()))


def step_name(step: str) -> str:
    """Return what a step of the ledger is called: days from the deadline, or sent by hand."""
    if step.startswith("manual-"):
        return str(gettext("Sent by hand"))
    days = int(step)
    if days < 0:
        return str(
            ngettext("%(num)d day before the deadline", "%(num)d days before the deadline", -days)
        )
    if days == 0:
        return str(gettext("On the day of the deadline"))
    return str(ngettext("%(num)d day after the deadline", "%(num)d days after the deadline", days))
