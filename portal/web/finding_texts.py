"""What a finding says and the measure drafted for it, in any language."""

from __future__ import annotations

from portal.i18n import question_translator
from portal.questionnaires.texts import check_context
from portal.ratings.declared import Declared
from portal.ratings.models import Finding
from portal.ratings.wording import Words, filled


def texts(row: Finding, declared: Declared | None, words: Words, locale: str) -> tuple[str, str]:
    """Return the finding and its measure in `locale`, which `declared` and `words` are in.

    What a person wrote stays in that person's words; so does what has no declaration.
    """
    if row.made_by or declared is None:
        return row.text, row.measure
    if row.check_id:
        translate, context = question_translator(locale), check_context(row.check_id)
        # The English words are kept with the row: a check may have left the catalogue since.
        return translate(context, row.text), row.measure and translate(context, row.measure)
    questions = {each.id: each for one in declared.questionnaires for each in one.questions()}
    question = questions[row.question_id]
    if row.rule is None:
        return words.not_known.format(question=question.text), words.ask_again
    rule = question.risk[row.rule]
    return (
        filled(rule.finding, question, questions, declared.answers, words),
        filled(rule.action, question, questions, declared.answers, words),
    )
