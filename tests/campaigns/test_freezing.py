"""Questionnaires as they were when sent."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.freezing import asked, freeze, thawed
from portal.campaigns.models import CampaignQuestionnaire, FrozenQuestionnaire
from portal.questionnaires.loader import load_library
from tests.makers import THEN, make_campaign, other_buyer

PROFILE = load_library()["company_profile"]
TITLE = {"nb": {PROFILE.id: {PROFILE.title: "Om bedriften"}}}


def test_thawed_questionnaire_is_the_frozen_one(session: Session) -> None:
    frozen = freeze(session, PROFILE, TITLE, THEN)
    session.expire_all()

    assert thawed(frozen, "en") == PROFILE


def test_thawed_questionnaire_speaks_the_language_with_its_frozen_texts(session: Session) -> None:
    frozen = freeze(session, PROFILE, TITLE, THEN)

    assert thawed(frozen, "nb").title == "Om bedriften"
    assert thawed(frozen, "fr").title == PROFILE.title


def test_same_content_is_kept_once_and_a_new_translation_apart(session: Session) -> None:
    first = freeze(session, PROFILE, TITLE, THEN)
    again = freeze(session, PROFILE, TITLE, THEN)
    corrected = freeze(session, PROFILE, {"nb": {PROFILE.id: {PROFILE.title: "Profil"}}}, THEN)

    assert first is again
    assert corrected.id != first.id


def test_each_buyer_keeps_its_own_copy(session: Session) -> None:
    mine = freeze(session, PROFILE, TITLE, THEN)
    other_buyer(session)

    assert freeze(session, PROFILE, TITLE, THEN).id != mine.id


def test_asked_questionnaires_come_in_the_campaign_s_order(session: Session) -> None:
    library = load_library()
    campaign = make_campaign(session)
    chosen = ["labour_rights", "company_profile", "supplier_code_of_conduct"]
    for position, name in enumerate(chosen):
        frozen = freeze(session, library[name], {}, THEN)
        session.add(CampaignQuestionnaire(campaign=campaign, frozen=frozen, position=position))
    session.flush()

    assert [each.questionnaire_id for each in asked(session, campaign.id)] == chosen


def test_second_reading_does_not_load_the_definition(session: Session) -> None:
    thawed(freeze(session, PROFILE, TITLE, THEN), "nb")
    session.expunge_all()

    row = session.scalars(sa.select(FrozenQuestionnaire)).one()
    thawed(row, "nb")

    assert {"definition", "texts"} <= sa.inspect(row).unloaded
