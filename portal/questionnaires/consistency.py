"""Answers that may not fit together: asked before signing, marked for the buyer after."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
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
NEW_ANSWERS = "declaration.new_answers"
"""How many answers are not those of the supplier's declaration before."""
SECONDS_PER_ANSWER = "declaration.seconds_per_new_answer"
"""Seconds from start to signing for each new answer, at most."""
SHARED_TEXTS = "declaration.texts_shared"
"""How many free texts are another supplier's too."""
BETTER = "declaration.better_without_document"
"""How many answers are better than in the declaration before, where no new file was given."""
NOT_NAMED = "supplier.countries_not_named"
"""Whether the register has a production country that the answers do not name."""
UNIONS_LIMITED = "supplier.unions_not_guaranteed"
"""Whether the rights of unions are not guaranteed in a country where the supplier works."""
OTHER_COUNTRY = "certificate.names_other_country"
"""Whether a certificate's sites are in a country where the supplier named no site."""
SIGNER_OUTSIDE = "signature.signer_outside_supplier"
"""Whether the signer's mail address is at none of the supplier's own domains."""
SIGNER_AT_BUYER = "signature.signer_at_buyer"
"""Whether the signer's mail address is at the buyer's own domain."""
OF_THE_WHOLE = frozenset(
    {NEW_ANSWERS, SECONDS_PER_ANSWER, SHARED_TEXTS, BETTER, SIGNER_OUTSIDE, SIGNER_AT_BUYER}
)
"""What is known of a declaration as a whole: a check of it need name no question."""
CONTEXT = OF_THE_WHOLE | {
    "supplier.inherent_risk",
    "supplier.country_risk",
    FILES,
    HIGHEST_GAP,
    NOT_NAMED,
    UNIONS_LIMITED,
    OTHER_COUNTRY,
}


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
    """A check that these answers do not pass, and the questions whose answers are behind it.

    There is none where the declaration as a whole gave the reason.
    """

    check: Check
    questions: tuple[str, ...]


def contradictions(
    checks: Iterable[Check],
    questionnaires: Iterable[Questionnaire],
    shown: Shown,
    context: Context,
    told: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Iterator[Contradiction]:
    """Yield what does not fit together; a check that names a question not asked here is passed over.

    `told` holds the questions behind a key of the context, where that is known.
    """
    asked = {question.id for each in questionnaires for question in each.questions()}
    for check in checks:
        if not asked.issuperset(check.questions()):
            continue
        if holds(check.when, shown.answers, context):
            told_of = [each for leaf in leaves(check.when) for each in told.get(leaf.ctx or "", ())]
            yield Contradiction(check, behind(check, shown, context) or tuple(told_of))


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
        known_of = {leaf.ctx for leaf in leaves(check.when)}
        if not check.questions() and not known_of & OF_THE_WHOLE:
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
