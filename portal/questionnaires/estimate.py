"""How many questions a supplier will see, and how long that takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.schema import Questionnaire, QuestionType
from portal.questionnaires.visibility import visible

# Our own measure: reading the question, finding the answer, giving it.
SECONDS: dict[QuestionType, int] = {
    "yes_no": 25,
    "yes_no_na": 25,
    "single": 30,
    "multi": 40,
    "number": 60,
    "percent": 60,
    "date": 20,
    "text": 75,
    "file": 90,
    "country_list": 45,
    "matrix": 180,
}
NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True)
class Estimate:
    """Questions asked and whole minutes they take."""

    questions: int
    minutes: int


def estimate(
    questionnaires: Iterable[Questionnaire], context: Context, answers: Answers = NO_ANSWERS
) -> Estimate:
    """Return what awaits a supplier; without answers, follow-ups are not counted."""
    asked = list(questionnaires)
    shown = visible(asked, answers, context)
    questions = [question for each in asked for question in shown.of(each)]
    seconds = sum(SECONDS[question.type] for question in questions)
    return Estimate(len(questions), ceil(seconds / 60))
