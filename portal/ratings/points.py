"""Points of an answer: which rules match, and how bad the question could have been."""

from portal.questionnaires.answers import EMPTY, UNKNOWN, Answers, Context
from portal.questionnaires.conditions import holds
from portal.questionnaires.schema import Question, Rule

# Several rules of these types can match one answer.
_ADDING_TYPES = {"multi", "matrix"}


def is_answered(question: Question, answers: Answers) -> bool:
    """Return whether there is an answer, "not known" included."""
    return answers.get(question.id) not in EMPTY


def matching(question: Question, answers: Answers, context: Context) -> tuple[Rule, ...]:
    """Return the rules that match the answer; none without an answer."""
    if not is_answered(question, answers):
        return ()
    return tuple(rule for rule in question.risk if holds(rule.when, answers, context, question.id))


def is_information_gap(question: Question, answers: Answers, context: Context) -> bool:
    """Return whether the answer is "not known" and no rule of the question says what that means."""
    is_unknown = question.allow_unknown and answers.get(question.id) == UNKNOWN
    return is_unknown and not matching(question, answers, context)


def worst_rule(question: Question) -> Rule | None:
    """Return the rule with most points, None when no answer can be bad."""
    worst = max(question.risk, key=lambda rule: rule.points, default=None)
    return worst if worst is not None and worst.points > 0 else None


def areas_of(rule: Rule, question: Question) -> tuple[str, ...]:
    """Return the areas a rule counts in: its own, else those of the question."""
    return rule.area or question.areas


def attainable(question: Question) -> dict[str, float]:
    """Return the highest points per area that an answer can get."""
    most: dict[str, float] = {}
    for rule in question.risk:
        for area in areas_of(rule, question):
            points = max(0.0, rule.points)
            before = most.get(area, 0.0)
            is_adding = question.type in _ADDING_TYPES
            most[area] = before + points if is_adding else max(before, points)
    return most
