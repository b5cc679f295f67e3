"""A corrective action in the words of whoever reads it, buyer or supplier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from flask_babel import gettext, lazy_gettext

from portal.followup.action_models import ActionState, ActionStep, ProofFile, StepKind
from portal.followup.actions import Refusal
from portal.web.filters import long_date

STATES: dict[ActionState, Any] = {
    ActionState.OPEN: lazy_gettext("Open"),
    ActionState.UNDER_WAY: lazy_gettext("Under way"),
    ActionState.DONE: lazy_gettext("Done"),
    ActionState.PUT_OFF: lazy_gettext("Put off"),
    ActionState.CLOSED: lazy_gettext("Closed"),
}
STEPS: dict[StepKind, Any] = {
    StepKind.CHANGED: lazy_gettext("Changed"),
    StepKind.PROPOSED: lazy_gettext("Something else proposed"),
    StepKind.ACCEPTED: lazy_gettext("Proposal accepted"),
    StepKind.REFUSED: lazy_gettext("Proposal not accepted"),
    StepKind.SENT_BACK: lazy_gettext("Checked: more is needed"),
    StepKind.CLOSED: lazy_gettext("Checked and closed"),
}
# What is refused, and beside which field of the form it is said.
REFUSALS: dict[Refusal, tuple[str, Any]] = {
    Refusal.REASON_MISSING: ("text", lazy_gettext("Please write what has been done.")),
    Refusal.NOTHING_PROPOSED: (
        "measure",
        lazy_gettext("Please propose another measure or another date."),
    ),
    Refusal.DAY_PASSED: (
        "due_on",
        lazy_gettext("This day has passed. Please choose a later one."),
    ),
    Refusal.CLOSED: (
        "",
        lazy_gettext("This has been closed. Nothing can be changed any more."),
    ),
}


@dataclass(frozen=True)
class ToldStep:
    """One thing that happened to an action: a sentence, lines that say more, and files."""

    row: ActionStep
    sentence: str
    lines: list[str]
    files: list[ProofFile]


def told(
    step: ActionStep,
    files: Sequence[ProofFile] = (),
    words: Mapping[StepKind, Any] = STEPS,
    measures: Mapping[str, str] = MappingProxyType({}),
) -> ToldStep:
    """Return `step` in `words`, without the people of the buyer in it.

    `measures` gives a measure that stands as it was drafted in the reader's language.
    """
    sentence = STATES[step.state] if step.kind is StepKind.MOVED else words[step.kind]
    return ToldStep(step, str(sentence), list(_lines(step, measures)), list(files))


def _lines(step: ActionStep, measures: Mapping[str, str]) -> list[str]:
    lines = [step.text] if step.text else []
    if measure := step.details.get("measure"):
        measure = measures.get(str(measure), measure)
        lines.append(str(gettext("Measure: %(measure)s", measure=measure)))
    if day := step.details.get("due_on"):
        when = long_date(date.fromisoformat(str(day)))
        lines.append(str(gettext("By when: %(day)s", day=when)))
    if day := step.details.get("visited_on"):
        when = long_date(date.fromisoformat(str(day)))
        lines.append(str(gettext("Visited on %(day)s", day=when)))
    return lines
