"""What states and conclusions of a clarification are called, and what is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext

from portal.followup.clarification_models import Conclusion
from portal.followup.clarification_queries import State

# State -> (word, tone, shape) of its badge.
STATES = {
    State.OPEN: (lazy_gettext("Waiting for a reply"), "info", "half"),
    State.ANSWERED: (lazy_gettext("Answered: read it"), "warn", "circle"),
    State.OVERDUE: (lazy_gettext("Overdue"), "bad", "triangle"),
    State.CLOSED: (lazy_gettext("Closed"), "", "check"),
}
CONCLUSIONS = {
    Conclusion.ACCEPTED: lazy_gettext("The answer is accepted"),
    Conclusion.FINDING: lazy_gettext("It is a finding"),
    Conclusion.SET_ASIDE: lazy_gettext("Closed without a judgement"),
}
# What the room refuses, named here so that it is translated.
_REFUSALS = (
    lazy_gettext("Write what you want to know."),
    lazy_gettext("Choose a day after today, so that there is time to reply."),
    lazy_gettext("Nobody at the supplier can be mailed. Add a contact first."),
    lazy_gettext("Mail to this contact is no longer possible. Close this one and ask anew."),
    lazy_gettext("This clarification is closed."),
    lazy_gettext("Say what you made of it."),
)
