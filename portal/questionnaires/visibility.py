"""Which questions are asked, given the answers so far."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.questionnaires.answers import Answers, Context, Value, comment_id
from portal.questionnaires.conditions import holds
from portal.questionnaires.schema import Question, Questionnaire, Section


@dataclass(frozen=True, slots=True)
class Shown:
    """The questions that are asked, by questionnaire, and the answers that count.

    `answers` holds the answers (and comments) of shown questions only.
    """

    ids: frozenset[str]
    answers: dict[str, Value]

    def __contains__(self, question: Question) -> bool:
        return question.id in self.ids

    def of(self, part: Section | Questionnaire) -> tuple[Question, ...]:
        """Return the shown questions of a section or questionnaire, in order."""
        questions = part.questions if isinstance(part, Section) else part.questions()
        return tuple(question for question in questions if question.id in self.ids)

    def sections(self, questionnaire: Questionnaire) -> tuple[Section, ...]:
        """Return the sections in which something is asked, in order."""
        return tuple(
            section
            for section in questionnaire.sections
            if any(question.id in self.ids for question in section.questions)
        )


def visible(questionnaires: Iterable[Questionnaire], answers: Answers, context: Context) -> Shown:
    """Return what is asked. Questionnaires are taken in order, and hidden answers ignored.

    A condition can only speak of questions before it, so one pass decides.
    """
    ids: set[str] = set()
    kept: dict[str, Value] = {}
    for questionnaire in questionnaires:
        for section in questionnaire.sections:
            if section.visible_if and not holds(section.visible_if, kept, context):
                continue
            for question in section.questions:
                if _asked(question, kept, context):
                    ids.add(question.id)
                    for key in (question.id, comment_id(question.id)):
                        if key in answers:
                            kept[key] = answers[key]
    return Shown(frozenset(ids), kept)


def _asked(question: Question, kept: Answers, context: Context) -> bool:
    if question.tier == "standard" and context.short_form:
        return False
    if question.tier == "extended" and not context.extended:
        return False
    return question.visible_if is None or holds(question.visible_if, kept, context)
