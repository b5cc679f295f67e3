"""Corrective actions, remedies and reports of others: what their codes are called, what is refused."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext

from portal.followup.action_models import (
    Asked,
    Certainty,
    Involvement,
    SourceKind,
    StepKind,
)
from portal.followup.actions import Refusal
from portal.followup.allegations import ReportFault
from portal.followup.remedies import RemedyFault

ASKED: dict[Asked, Any] = {
    Asked.YES: lazy_gettext("Yes"),
    Asked.NO: lazy_gettext("No"),
    Asked.NOT_POSSIBLE: lazy_gettext("It was not possible"),
}
SOURCES: dict[SourceKind, Any] = {
    SourceKind.PRESS: lazy_gettext("Press"),
    SourceKind.PARTNER: lazy_gettext("A partner or organisation"),
    SourceKind.WORKER: lazy_gettext("A worker"),
    SourceKind.OTHER: lazy_gettext("Another source"),
}
CERTAINTIES: dict[Certainty, Any] = {
    Certainty.ALLEGED: lazy_gettext("Alleged"),
    Certainty.PROBABLE: lazy_gettext("Probable"),
    Certainty.CONFIRMED: lazy_gettext("Confirmed"),
}
INVOLVEMENTS: dict[Involvement, Any] = {
    Involvement.CAUSED: lazy_gettext("We have caused it"),
    Involvement.CONTRIBUTED: lazy_gettext("We have contributed to it"),
    Involvement.LINKED: lazy_gettext("It is directly linked to us through the supplier"),
}
OWN_STEPS: dict[StepKind, Any] = {
    StepKind.DRAWN_UP: lazy_gettext("Drawn up"),
    StepKind.SHARED: lazy_gettext("Shared with the supplier"),
}
# What is refused, and beside which field of the form it is said.
REFUSALS: dict[Refusal, tuple[str, Any]] = {
    Refusal.MEASURE_MISSING: ("measure", lazy_gettext("Write what is to be done.")),
    Refusal.OWNER_UNKNOWN: ("owner_id", lazy_gettext("Choose who sees to it.")),
    Refusal.DAY_PASSED: ("due_on", lazy_gettext("This day has passed. Choose a later one.")),
    Refusal.FINDING_CLOSED: ("measure", lazy_gettext("The finding is closed already.")),
    Refusal.CLOSED: ("", lazy_gettext("The action is closed. Nothing can be changed any more.")),
    Refusal.REASON_MISSING: ("text", lazy_gettext("Write the reason. It stays with the action.")),
    Refusal.NOTHING_CHANGED: ("measure", lazy_gettext("Nothing is different.")),
    Refusal.NOT_SEEN: ("seen", lazy_gettext("Write what you have seen.")),
    Refusal.NO_PROOF: (
        "files",
        lazy_gettext(
            "An action closes only with proof: add a file, or say on which day somebody was there."
        ),
    ),
    Refusal.NOT_PAST: ("visited_on", lazy_gettext("This day is still to come.")),
    Refusal.OTHERS_OPEN: (
        "clears_flag",
        lazy_gettext("Another action under this red flag is not closed. Close that one first."),
    ),
    Refusal.NOBODY: ("contact_id", lazy_gettext("Choose somebody who may be mailed.")),
    Refusal.NO_FLAG: ("clears_flag", lazy_gettext("No red flag stands any more.")),
}
REMEDY_FAULTS: dict[RemedyFault, tuple[str, Any]] = {
    RemedyFault.GROUP_MISSING: ("group", lazy_gettext("Write which group, without names.")),
    RemedyFault.PEOPLE_WRONG: (
        "people",
        lazy_gettext("Write how many, 1 or more. Leave it empty if it is not known."),
    ),
    RemedyFault.DONE_MISSING: ("done", lazy_gettext("Write what was done.")),
    RemedyFault.SAID_MISSING: ("said", lazy_gettext("Write what they said.")),
    RemedyFault.NOT_PAST: ("remedied_on", lazy_gettext("This day is still to come.")),
}
REPORT_FAULTS: dict[ReportFault, Any] = {
    ReportFault.TEXT: lazy_gettext("Write what is reported."),
    ReportFault.SOURCE: lazy_gettext("Write who says so, and where."),
    ReportFault.LINK: lazy_gettext("A link begins with https:// or http://."),
    ReportFault.REPORTED_ON: lazy_gettext("This day is still to come."),
    ReportFault.AREAS: lazy_gettext("Choose at least one area."),
    ReportFault.SEVERITY: lazy_gettext("Choose how grave it is."),
    ReportFault.FLAG: lazy_gettext("There is no such red flag."),
}
