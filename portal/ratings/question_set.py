"""The fixed question set: what the sent questionnaires can ask, and what each question earned.

Which questions belong to the set follows from the questionnaires and from what the buyer knows,
never from the answers. A follow-up that an answer hides stays in the set: hidden by a scored
answer it inherits that answer's credit, hidden by a scoping answer it is "not relevant" until that
scope is accepted.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.questionnaires.answers import UNKNOWN, Answers, Context
from portal.questionnaires.catalogues import RiskModel
from portal.questionnaires.conditions import All, AnyOf, Condition, Leaf, Not, holds, leaves
from portal.questionnaires.schema import Question, Questionnaire
from portal.ratings.case import Credit
from portal.ratings.points import areas_of, is_answered, worst_rule
from portal.ratings.record import Record
from portal.ratings.settings import Value
from portal.ratings.supposing import could_hold

NOT_APPLICABLE = "na"
# At these bands of inherent risk a scoping answer is taken as it is given.
_TRUSTED_BANDS = {"low", "medium"}
# From what earns least to what leaves the set; of several causes the least decides.
_RANK = (
    Value.UNANSWERED,
    Value.NO,
    Value.UNKNOWN,
    Value.NOT_RELEVANT,
    Value.PARTIAL,
    Value.DECLARED,
    Value.EVIDENCED,
    Value.VERIFIED,
    Value.ACCEPTED_NOT_RELEVANT,
)


class Review(Record):
    """What a reviewer found in the evidence for an answer: `evidenced` or `verified`, until when."""

    value: Value
    until: date | None = None


@dataclass(frozen=True)
class Judgement:
    """What the buyer has decided about the answers.

    `reviews` by question id; `accepted` are questions whose "not relevant" or scope was accepted.
    """

    reviews: Mapping[str, Review]
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Member:
    question: Question
    conditions: tuple[Condition, ...]


def credits_of(
    questionnaires: Iterable[Questionnaire],
    answers: Answers,
    context: Context,
    bridge: RiskModel,
    *,
    judgement: Judgement,
    answered_on: date | None,
) -> tuple[Credit, ...]:
    """Return one credit per scored question of the fixed set, in the order they are asked.

    `answers` are those of shown questions only.
    """
    known: dict[str, Review] = {}
    earned: list[Credit] = []
    for member in _members(questionnaires, context):
        question = member.question
        weight = _weight(question, bridge)
        review = _review(member, answers, context, weight=weight, judgement=judgement, known=known)
        known[question.id] = review
        if weight:
            credit = Credit(
                question=question.id,
                topic=topic_of(question, bridge),
                weight=weight,
                value=review.value,
                answered_on=None if review.value is Value.UNANSWERED else answered_on,
                evidence_until=review.until,
            )
            earned.append(credit)
    return tuple(earned)


def _members(questionnaires: Iterable[Questionnaire], context: Context) -> Iterator[_Member]:
    """Yield the questions that some answers could bring up, given what the buyer knows."""
    possible: set[str] = set()
    for questionnaire in questionnaires:
        for section in questionnaire.sections:
            for question in section.questions:
                gates = (section.visible_if, question.visible_if)
                conditions = tuple(gate for gate in gates if gate is not None)
                if _in_tier(question, context) and all(
                    could_hold(condition, {}, context, possible) for condition in conditions
                ):
                    possible.add(question.id)
                    yield _Member(question, conditions)


def _in_tier(question: Question, context: Context) -> bool:
    if question.tier == "standard":
        return not context.short_form
    return question.tier == "core" or context.extended


def _review(
    member: _Member,
    answers: Answers,
    context: Context,
    *,
    weight: float,
    judgement: Judgement,
    known: Mapping[str, Review],
) -> Review:
    """Return what the question has earned, or what a follow-up of it inherits."""
    question = member.question
    failing = [each for each in member.conditions if not holds(each, answers, context)]
    if failing:
        causes = {cause for each in failing for cause in _causes(each, answers, context)}
        inherited = [known[cause] for cause in causes if cause in known]
        return min(inherited, key=_rank, default=Review(value=Value.UNANSWERED))
    if not is_answered(question, answers):
        return Review(value=Value.UNANSWERED)
    if question.allow_unknown and answers[question.id] == UNKNOWN:
        return Review(value=Value.UNKNOWN)
    if not weight:
        return Review(value=_scope(question, context, judgement))
    if answers[question.id] == NOT_APPLICABLE and question.type == "yes_no_na":
        is_accepted = question.id in judgement.accepted
        return Review(value=Value.ACCEPTED_NOT_RELEVANT if is_accepted else Value.NOT_RELEVANT)
    silent = [each for each, of in known.items() if of.value is Value.UNANSWERED]
    value = _declared(question, answers, context, silent)
    found = judgement.reviews.get(question.id)
    return found if found and value is Value.DECLARED else Review(value=value)


def _rank(review: Review) -> int:
    return _RANK.index(review.value)


def _causes(condition: Condition, answers: Answers, context: Context) -> set[str]:
    """Return the questions whose answers keep the condition from holding."""
    match condition:
        case All(all_=inner):
            failing = [each for each in inner if not holds(each, answers, context)]
            return {cause for each in failing for cause in _causes(each, answers, context)}
        case AnyOf(any_=inner):
            return {cause for each in inner for cause in _causes(each, answers, context)}
        case Not(not_=one):
            return {leaf.q for leaf in leaves(one) if leaf.q}
        case Leaf():
            return {condition.q} if condition.q else set()


def _scope(question: Question, context: Context, judgement: Judgement) -> Value:
    is_trusted = context.values.get("supplier.inherent_risk") in _TRUSTED_BANDS
    is_accepted = is_trusted or question.id in judgement.accepted
    return Value.ACCEPTED_NOT_RELEVANT if is_accepted else Value.NOT_RELEVANT


def _declared(
    question: Question, answers: Answers, context: Context, silent: Collection[str]
) -> Value:
    """Return the worth of an answer; what rules ask of `silent` questions is supposed to be bad."""
    worst = worst_rule(question)
    points = sum(
        rule.points
        for rule in question.risk
        if could_hold(rule.when, answers, context, silent, question.id, suppose=rule.points > 0)
    )
    if worst is None or points <= 0:
        return Value.DECLARED
    return Value.NO if points >= worst.points else Value.PARTIAL


def _weight(question: Question, bridge: RiskModel) -> float:
    worst = worst_rule(question)
    if worst is None or bridge.is_scoping(question.id):
        return 0.0
    return worst.points / bridge.points_of_weight_one


def topic_of(question: Question, bridge: RiskModel) -> str:
    """Return the topic a question counts under, once: its own, else that of its first area."""
    worst = worst_rule(question)
    area = (question.areas or (areas_of(worst, question) if worst else ()))[0]
    return bridge.overridden_topic(question.id) or bridge.topic(area) or area
