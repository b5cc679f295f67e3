"""Conditions with open ends: whether they hold while some of the answers are not there."""

from collections.abc import Collection

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.conditions import All, AnyOf, Condition, Leaf, Not, holds


def could_hold(
    condition: Condition,
    answers: Answers,
    context: Context,
    open_questions: Collection[str],
    own: str | None = None,
    *,
    suppose: bool = True,
) -> bool:
    """Return whether some answers to `open_questions` could make `condition` hold.

    With `suppose=False`, whether it holds whatever they are.
    """
    match condition:
        case All(all_=inner):
            return all(
                could_hold(each, answers, context, open_questions, own, suppose=suppose)
                for each in inner
            )
        case AnyOf(any_=inner):
            return any(
                could_hold(each, answers, context, open_questions, own, suppose=suppose)
                for each in inner
            )
        case Not(not_=one):
            return not could_hold(one, answers, context, open_questions, own, suppose=not suppose)
        case Leaf():
            is_open = condition.q is not None and condition.q in open_questions
            return suppose if is_open else holds(condition, answers, context, own)
