"""What public documents are worth in a rating, read by the buyer for a supplier that is silent.

Source: the rating model, section 4.5: credit as "evidence attached", answered by the buyer, with a
link. Never as verified, and it carries less than a declaration: what silence or a refusal adds stays,
and a supplier that has not spoken itself is not shown as low by it. It makes no findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.survey import context_of
from portal.questionnaires.answer_sets import abouts, sets
from portal.questionnaires.answers import Context
from portal.questionnaires.answers import Value as Answer
from portal.questionnaires.schema import Question, Questionnaire, Section
from portal.questionnaires.visibility import Shown, visible
from portal.ratings.case import Credit
from portal.ratings.declared import SOURCE, asked_in, country_bands, scoring
from portal.ratings.question_set import Judgement, Review, credits_of
from portal.ratings.settings import Value
from portal.reviews.models import PublicAnswer
from portal.reviews.public_answers import counting

_ANSWERABLE = {
    "yes_no",
    "yes_no_na",
    "single",
    "multi",
    "text",
    "number",
    "percent",
    "date",
}


@dataclass(frozen=True)
class PublicSurvey:
    """What an invitation asks, and which of it is shown given what was read so far."""

    questionnaires: tuple[Questionnaire, ...]
    context: Context
    shown: Shown

    def questions(self, section: Section) -> list[Question]:
        """Return the section's shown questions that a document can answer: no tables, no files."""
        return [each for each in self.shown.of(section) if each.type in _ANSWERABLE]

    def question(self, question_id: str) -> Question | None:
        """Return the question if it is shown and can be answered so."""
        found = (
            question
            for each in self.questionnaires
            for section in self.shown.sections(each)
            for question in self.questions(section)
        )
        return next((each for each in found if each.id == question_id), None)


def public_survey(
    session: Session,
    invitation: Invitation,
    rows: Mapping[str, PublicAnswer],
    today: date,
    locale: str = SOURCE,
) -> PublicSurvey:
    """Return what `invitation` asks, in `locale`, given the answers `rows` read in public documents."""
    answers: dict[str, Answer] = {name: row.answer["value"] for name, row in rows.items()}
    about = abouts(invitation.about)
    frozen = asked_in(session, invitation.campaign_id, locale)
    asked = tuple(each for one in frozen for each in sets(one, about))
    context = context_of(invitation, answers, scoring().short_form, today)
    context = replace(context, country_bands=context.country_bands or country_bands())
    return PublicSurvey(asked, context, visible(asked, answers, context))


def public_credits(session: Session, supplier_ids: Iterable[int]) -> dict[int, tuple[Credit, ...]]:
    """Return what public documents have earned, by supplier id: of its newest invitation that has any."""
    ids = list(supplier_ids)
    found = counting(session, ids) if ids else {}
    return {key: _credits(session, *own[0]) for key, own in found.items()}


def _credits(
    session: Session, invitation: Invitation, rows: Mapping[str, PublicAnswer]
) -> tuple[Credit, ...]:
    # What is not read itself but follows from it is as old as the oldest reading.
    oldest = min(row.read_on for row in rows.values())
    survey = public_survey(session, invitation, rows, oldest)
    read = {name: Review(value=Value.EVIDENCED) for name in rows}
    earned = credits_of(
        survey.questionnaires,
        survey.shown.answers,
        survey.context,
        scoring().to_risk_model,
        judgement=Judgement(read),
        answered_on=oldest,
    )
    return tuple(
        one._replace(answered_on=rows[one.question].read_on)
        if one.question in rows and one.answered_on
        else one
        for one in earned
    )
