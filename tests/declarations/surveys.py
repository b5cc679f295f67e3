"""How the tests make a survey that can be answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.campaigns.freezing import freeze
from portal.campaigns.models import CampaignQuestionnaire, Invitation
from portal.declarations import drafts
from portal.declarations.drafts import Change
from portal.declarations.survey import Survey, open_survey
from portal.questionnaires.schema import Column, Question
from portal.questionnaires.texts import frozen_texts
from tests.library import LIBRARY
from tests.makers import THEN, make_campaign, make_invitation

SHORT_FORM = LIBRARY.scoring.short_form
LOW = {"short_form": False, "supplier.inherent_risk": "low", "supplier.country_risk": "low"}


def make_survey(
    session: Session,
    questionnaires: Sequence[str] = ("supplier_code_of_conduct",),
    **values: Any,
) -> Invitation:
    """Return a stored invitation whose campaign asks these questionnaires."""
    campaign = values.pop("campaign", None) or make_campaign(session)
    translators = values.pop("translators", {"nb": lambda _context, text: text})
    for position, name in enumerate(questionnaires):
        texts = frozen_texts(LIBRARY[name], translators)
        frozen = freeze(session, LIBRARY[name], texts, THEN)
        session.add(CampaignQuestionnaire(campaign=campaign, frozen=frozen, position=position))
    session.flush()
    return make_invitation(session, **({"campaign": campaign, "context": LOW} | values))


def opened(session: Session, invitation: Invitation) -> Survey:
    """Return the survey as it stands."""
    return open_survey(
        session, invitation, locale="en", short_form=SHORT_FORM, today=date(2026, 11, 21)
    )


def complete(session: Session, invitation: Invitation) -> None:
    """Answer everything that is asked, without files, until nothing lacks."""
    while names := opened(session, invitation).missing:
        survey = opened(session, invitation)
        changes = {
            question.id: Change(value_for(question), "As asked.")
            for questionnaire in survey.questionnaires
            for question in questionnaire.questions()
            if question.id in names
        }
        drafts.save(session, invitation, changes, "test", THEN)


def value_for(question: Question) -> Any:
    """Return some right answer to `question`."""
    if question.choices():
        return [question.choices()[0]] if question.type == "multi" else question.choices()[0]
    if question.type == "matrix":
        rows = [row.id for row in question.fixed_rows] or ["0"]
        cells = {column.id: cell_for(column) for column in question.columns}
        return [{"id": row, **cells} for row in rows]
    by_format = {"email": "office@supplier.example", "url": "https://supplier.example"}
    plain = {
        "number": question.min or 1,
        "percent": 1,
        "date": "2026-01-31",
        "country_list": ["NO"],
    }
    return plain.get(question.type) or by_format.get(question.format or "", "Some words")


def cell_for(column: Column) -> Any:
    """Return something right for a cell of `column`."""
    match column.type:
        case "single":
            return column.options[0].id
        case "number" | "percent":
            return 1
        case "date":
            return "2026-01-31"
        case "country":
            return "NO"
    return "Words"
