"""Questionnaires as they were when sent."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.freezing import asked, freeze, thawed
from portal.campaigns.models import CampaignQuestionnaire, FrozenQuestionnaire
from portal.i18n import question_translator
from portal.questionnaires.texts import frozen_texts
from tests.languages import catalogues_in
from tests.library import LIBRARY
from tests.makers import THEN, make_campaign, other_buyer

PROFILE = LIBRARY["company_profile"]
TITLE = {"nb": {PROFILE.id: {PROFILE.title: "Om bedriften"}}}


def test_thawed_questionnaire_is_the_frozen_one(session: Session) -> None:
    frozen = freeze(session, PROFILE, TITLE, THEN)
    session.expire_all()

    assert thawed(frozen, "en") == PROFILE


def test_thawed_questionnaire_speaks_the_language_with_its_frozen_texts(session: Session) -> None:
    frozen = freeze(session, PROFILE, TITLE, THEN)

    assert thawed(frozen, "nb").title == "Om bedriften"
    assert thawed(frozen, "fr").title == PROFILE.title


def test_a_campaign_goes_on_showing_the_translation_it_was_sent_with(
    session: Session, tmp_path: Path
) -> None:
    before = question_translator("nb")
    frozen = freeze(session, PROFILE, frozen_texts(PROFILE, {"nb": before}), THEN)

    with catalogues_in(tmp_path):
        now = question_translator("nb")
        assert now(PROFILE.id, PROFILE.title) == PROFILE.title, "the catalogue lost it meanwhile"
        assert thawed(frozen, "nb").title == before(PROFILE.id, PROFILE.title) != PROFILE.title


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
    library = LIBRARY
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
