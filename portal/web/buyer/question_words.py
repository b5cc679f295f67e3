"""What the pages about questionnaires call types, roles and times."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext

from portal.questionnaires.schema import Question, Questionnaire
from portal.web.buyer.condition_words import ANSWERS, condition_words

TYPES = {
    "yes_no": lazy_gettext("Yes or no"),
    "yes_no_na": lazy_gettext("Yes, no or not relevant"),
    "single": lazy_gettext("Choose one"),
    "multi": lazy_gettext("Choose all that fit"),
    "number": lazy_gettext("A number"),
    "percent": lazy_gettext("A percentage"),
    "date": lazy_gettext("A date"),
    "text": lazy_gettext("Text"),
    "file": lazy_gettext("A file"),
    "country_list": lazy_gettext("Countries"),
    "matrix": lazy_gettext("A table"),
    "country": lazy_gettext("A country"),
}
KINDS = {
    "shipped": lazy_gettext("Comes with the portal"),
    "own": lazy_gettext("Your own"),
    "sent": lazy_gettext("As it was sent"),
}


def notes(question: Question, questions: Mapping[str, Question]) -> list[str]:
    """Return when the question is asked and what goes with its answer, in sentences."""
    found = []
    if question.visible_if:
        said = condition_words(question.visible_if, questions, question)
        found.append(gettext("Asked only if %(condition)s.", condition=said))
    if question.tier == "extended":
        found.append(gettext("Asked only where the inherent risk is high."))
    if question.tier == "standard":
        found.append(gettext("Not in the short form."))
    if question.comment_required_if:
        said = condition_words(question.comment_required_if, questions, question)
        found.append(gettext("A comment is needed if %(condition)s.", condition=said))
    if question.evidence and question.evidence.mode != "none":
        wanted = question.evidence.text
        found.append(f"{gettext('A document may be added.')} {wanted}".strip())
    return found


def choices(question: Question) -> list[str]:
    """Return the words of every answer there is to choose from."""
    named = {option.id: option.label for option in question.options}
    return [str(named.get(each) or ANSWERS.get(each) or each) for each in question.choices()]


def by_id(*questionnaires: Questionnaire) -> dict[str, Question]:
    """Return the questions of the questionnaires by id."""
    return {each.id: each for one in questionnaires for each in one.questions()}
