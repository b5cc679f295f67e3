"""Answers that make a question be asked, worked out from its conditions."""

from collections.abc import Iterator

from portal.questionnaires.answers import Value
from portal.questionnaires.conditions import All, AnyOf, Condition, Leaf, Not
from portal.questionnaires.loader import Library
from portal.questionnaires.schema import Question


def answers_that_show(question: Question, library: Library) -> dict[str, Value]:
    answers: dict[str, Value] = {}
    for condition in _gates(question, library):
        for leaf, wanted in _wanted(condition, truth=True):
            target = library.question(leaf.q or "")
            assert target, leaf
            answers |= answers_that_show(target, library)
            if wanted:
                answers[target.id] = _value(leaf)
    return answers


def _gates(question: Question, library: Library) -> Iterator[Condition]:
    for questionnaire in library:
        for section in questionnaire.sections:
            if question in section.questions and section.visible_if:
                yield section.visible_if
    if question.visible_if:
        yield question.visible_if


def _wanted(condition: Condition, *, truth: bool) -> Iterator[tuple[Leaf, bool]]:
    match condition:
        case All(all_=inner) | AnyOf(any_=inner):
            one_is_enough = isinstance(condition, AnyOf) == truth
            for each in inner[:1] if one_is_enough else inner:
                yield from _wanted(each, truth=truth)
        case Not(not_=one):
            yield from _wanted(one, truth=not truth)
        case Leaf():
            yield condition, truth


def _value(leaf: Leaf) -> Value:
    if leaf.contains or leaf.contains_any:
        return [leaf.contains or (leaf.contains_any or ("",))[0]]
    if leaf.in_:
        return str(leaf.in_[0])
    if leaf.lt is not None:
        return leaf.lt - 1
    if leaf.gt is not None:
        return leaf.gt + 1
    assert isinstance(leaf.eq, str), f"teach this test the operator in {leaf}"
    return leaf.eq
