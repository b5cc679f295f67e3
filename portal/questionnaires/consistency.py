"""Answers that may not fit together: asked before signing, marked for the buyer after."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from portal.questionnaires.answers import Context
from portal.questionnaires.conditions import All, AnyOf, Condition, Leaf, Not, holds, leaves
from portal.questionnaires.references import condition_faults
from portal.questionnaires.schema import Id, Question, Questionnaire, Text
from portal.questionnaires.strict import Strict
from portal.questionnaires.structure import Complaint
from portal.questionnaires.visibility import Shown

FILES = "declaration.files"
"""How many files were given with the answers."""
HIGHEST_GAP = "declaration.highest_gap_percent"
"""The highest gap of any area (0-100)."""
NOT_NAMED = "supplier.countries_not_named"
"""Whether the register has a production country that the answers do not name."""
CONTEXT = frozenset(
    {"supplier.inherent_risk", "supplier.country_risk", FILES, HIGHEST_GAP, NOT_NAMED}
)


class Check(Strict):
    """When answers may not fit together, and what is said about it.

    `ask` is the gentle question to the supplier (none where only the buyer is told), `text` what the
    buyer reads, `action` what the buyer may do.
    """

    id: Id
    level: Literal["clarify", "info"]
    when: Condition
    ask: str = ""
    text: Text
    action: str = ""

    def questions(self) -> tuple[str, ...]:
        """Return the ids of all questions that the check speaks of, in order."""
        return tuple(dict.fromkeys(_questions(self.when)))


class Checks(Strict):
    """The catalogue of checks."""

    format: Literal["portal-consistency/1"]
    checks: tuple[Check, ...]


class Contradiction(NamedTuple):
    """A check that these answers do not pass, and the questions whose answers are behind it."""

    check: Check
    questions: tuple[str, ...]


def contradictions(
    checks: Iterable[Check],
    questionnaires: Iterable[Questionnaire],
    shown: Shown,
    context: Context,
) -> Iterator[Contradiction]:
    """Yield what does not fit together; a check that names a question not asked here is passed over."""
    asked = {question.id for each in questionnaires for question in each.questions()}
    for check in checks:
        if not asked.issuperset(check.questions()):
            continue
        if holds(check.when, shown.answers, context):
            yield Contradiction(check, behind(check, shown, context))


def behind(check: Check, shown: Shown, context: Context) -> tuple[str, ...]:
    """Return the ids of the shown questions whose answers are behind a check that holds."""
    found = dict.fromkeys(_behind(check.when, shown, context))
    return tuple(each for each in found if each in shown.ids)


def check_faults(checks: Checks, questions: Mapping[str, Question]) -> Iterator[Complaint]:
    """Yield (check, what is wrong with it): ids used twice or unknown, and values that do not fit."""
    known: set[str] = set()
    for check in checks.checks:
        place = f"check {check.id}"
        if check.id in known:
            yield place, "the id is used twice"
        known.add(check.id)
        if not check.questions():
            yield place, "it speaks of no question"
        yield from ((place, each) for each in condition_faults(check.when, questions))
        for leaf in leaves(check.when):
            if leaf.ctx is not None and leaf.ctx not in CONTEXT:
                yield place, f"the portal does not know '{leaf.ctx}'"


def _questions(condition: Condition) -> Iterator[str]:
    for leaf in leaves(condition):
        yield from (each for each in (leaf.q, leaf.lt_q, leaf.eq_q) if each)


def _behind(condition: Condition, shown: Shown, context: Context) -> Iterator[str]:
    """Yield the questions that make `condition` hold: of alternatives, those that do."""
    match condition:
        case All(all_=inner):
            for each in inner:
                yield from _behind(each, shown, context)
        case AnyOf(any_=inner):
            for each in inner:
                if holds(each, shown.answers, context):
                    yield from _behind(each, shown, context)
        case Not() | Leaf():
            yield from _questions(condition)
