"""How the tests make a survey that can be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.freezing import freeze
from portal.campaigns.models import CampaignQuestionnaire, FrozenQuestionnaire, Invitation
from portal.declarations import drafts
from portal.declarations.drafts import Change
from portal.declarations.survey import Survey, open_survey
from portal.questionnaires.schema import Column, Question
from portal.questionnaires.texts import Translate, frozen_texts
from tests.library import LIBRARY
from tests.makers import THEN, make_campaign, make_invitation

SHORT_FORM = LIBRARY.scoring.short_form
# Hashing a questionnaire takes longer than most tests with it: each is frozen once, then copied.
_COLUMNS = ("questionnaire_id", "version", "sha256", "definition", "texts", "frozen_at")
_KEPT: dict[str, dict[str, Any]] = {}
LOW = {"short_form": False, "supplier.inherent_risk": "low", "supplier.country_risk": "low"}


def make_survey(
    session: Session,
    questionnaires: Sequence[str] = ("supplier_code_of_conduct",),
    **values: Any,
) -> Invitation:
    """Return a stored invitation whose campaign asks these questionnaires."""
    campaign = values.pop("campaign", None) or make_campaign(session)
    translators = values.pop("translators", None)
    for position, name in enumerate(questionnaires):
        frozen = _frozen(session, name, translators)
        session.add(CampaignQuestionnaire(campaign=campaign, frozen=frozen, position=position))
    session.flush()
    return make_invitation(session, **({"campaign": campaign, "context": LOW} | values))


def _frozen(
    session: Session, name: str, translators: Mapping[str, Translate] | None
) -> FrozenQuestionnaire:
    """Return the kept copy of a shipped questionnaire; without translators its Norwegian is English."""
    if translators:
        return freeze(session, LIBRARY[name], frozen_texts(LIBRARY[name], translators), THEN)
    if name not in _KEPT:
        made = freeze(session, LIBRARY[name], {"nb": {}}, THEN)
        _KEPT[name] = {column: getattr(made, column) for column in _COLUMNS}
    same = sa.select(FrozenQuestionnaire).filter_by(sha256=_KEPT[name]["sha256"])
    kept = session.scalar(same) or FrozenQuestionnaire(**_KEPT[name])
    session.add(kept)
    return kept


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
