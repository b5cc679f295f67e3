"""A questionnaire to begin from: the same questions under ids that nobody has used yet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from portal.questionnaires.answer_sets import renamed
from portal.questionnaires.schema import Questionnaire


def own_copy(questionnaire: Questionnaire, others: Iterable[Questionnaire]) -> Questionnaire:
    """Return a first version of a new questionnaire like `questionnaire`.

    The ids of the questionnaire, its sections and questions get an end (`_own`, then `_own2` and so
    on) with which none of `others` has them; conditions and texts name the new ones.
    """
    taken = {each for other in others for each in _ids(other)}
    ends = (f"_own{number if number > 1 else ''}" for number in count(1))
    end = next(
        end for end in ends if taken.isdisjoint(f"{each}{end}" for each in _ids(questionnaire))
    )
    own = frozenset(question.id for question in questionnaire.questions())
    copy = renamed(questionnaire, own, end)
    return copy.model_copy(update={"version": "1.0.0", "title": f"{questionnaire.title} (copy)"})


def _ids(questionnaire: Questionnaire) -> set[str]:
    sections = {section.id for section in questionnaire.sections}
    return {questionnaire.id, *sections, *(each.id for each in questionnaire.questions())}
