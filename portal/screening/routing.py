"""What the short check of a supplier leads to: which questionnaires to send, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.schema import Level, Questionnaire
from portal.questionnaires.visibility import visible
from portal.ratings.points import matching

# Asked where the answers call for nothing, but the buyer's own look at country and industry does.
BY_INHERENT_RISK = ("company_profile", "supplier_code_of_conduct", "labour_rights")
_CALM = {"low", "medium"}


@dataclass(frozen=True)
class Proposal:
    """A questionnaire to send, and the ids of the questions whose answers call for it.

    Without questions it is the inherent risk that does.
    """

    questionnaire_id: str
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """Where the answers lead; `flags` are the ids of questions that raise a red flag."""

    level: Level
    proposals: tuple[Proposal, ...]
    flags: tuple[str, ...]


def route(
    questionnaire: Questionnaire, answers: Answers, context: Context, known: Iterable[str]
) -> Route:
    """Return where these answers lead; only questionnaires among the ids `known` are proposed.

    As the questionnaire's own routing says: done without trigger, red flag and high inherent risk;
    talk first with a red flag; otherwise send.
    """
    shown = visible([questionnaire], answers, context)
    called: dict[str, list[str]] = {}
    flags: list[str] = []
    for question in shown.of(questionnaire):
        for rule in matching(question, shown.answers, context):
            for each in rule.trigger:
                called.setdefault(each, []).append(question.id)
            if rule.red_flag:
                flags.append(question.id)
    if not called and context.values.get("supplier.inherent_risk") not in _CALM:
        called = {each: [] for each in BY_INHERENT_RISK}
    # In the order in which they are asked.
    proposals = tuple(
        Proposal(each, tuple(dict.fromkeys(called[each]))) for each in known if each in called
    )
    level: Level = "talk_first" if flags else "send_modules" if called else "done"
    return Route(level, proposals, tuple(dict.fromkeys(flags)))
