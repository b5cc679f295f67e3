"""The second year: what was declared before is proposed, and counts only when it is confirmed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations import drafts, sealing, service
from portal.declarations.drafts import Change
from portal.declarations.models import SignatoryRole
from portal.declarations.proposals import Proposal, proposals
from portal.declarations.signing import Signatory
from tests.declarations.surveys import LIBRARY, SHORT_FORM, complete, make_survey, opened
from tests.makers import make_campaign
from tests.ratings.declaring import declare

USUAL = (
    "company_profile",
    "supplier_code_of_conduct",
    "labour_rights",
    "environment_certificates",
)
LAST_YEAR = datetime(2025, 12, 3, 23, 30, tzinfo=UTC)  # the 4th in Oslo
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
OLA = Signatory("Ola Hansen", "Daglig leder", SignatoryRole.MANAGING_DIRECTOR, "I may sign.")
PROFILE = {"prf_legal_name": "Sample AS", "prf_headcount": "n10_49"}


def next_year(
    session: Session, earlier: Invitation, now: datetime = NOW, *names: str
) -> Invitation:
    """Return the same supplier's invitation to a second campaign."""
    campaign = make_campaign(session, launched_at=now, deadline=date(2027, 1, 31))
    asked = names or ("company_profile",)
    return make_survey(session, asked, campaign=campaign, contact=earlier.contact)


def proposed(session: Session, invitation: Invitation) -> dict[str, Proposal]:
    return proposals(session, invitation, [LIBRARY["company_profile"]])


def test_the_newest_signed_answers_are_proposed_with_their_day(session: Session) -> None:
    first = make_survey(session, ["company_profile"])
    declare(session, first, PROFILE, LAST_YEAR)
    second = next_year(session, first)
    assert proposed(session, second) == {
        "prf_legal_name": Proposal("Sample AS", "", date(2025, 12, 4)),
        "prf_headcount": Proposal("n10_49", "", date(2025, 12, 4)),
    }
    newer = next_year(session, first)
    declare(session, newer, {"prf_legal_name": "Sample Group AS"}, NOW)
    assert proposed(session, second)["prf_legal_name"].value == "Sample Group AS"
    assert proposed(session, second)["prf_headcount"].value == "n10_49"


def test_what_a_correction_replaced_is_not_proposed(session: Session) -> None:
    first = make_survey(session, ["company_profile"])
    wrong = declare(session, first, PROFILE, LAST_YEAR)
    declare(session, first, {"prf_legal_name": "Right AS"}, LAST_YEAR, supersedes=wrong)
    found = proposed(session, next_year(session, first))
    assert {name: one.value for name, one in found.items()} == {"prf_legal_name": "Right AS"}


@pytest.mark.parametrize(
    ("launched", "count"),
    [(datetime(2026, 12, 4, 9, tzinfo=UTC), 2), (datetime(2026, 12, 5, 9, tzinfo=UTC), 0)],
)
def test_answers_that_had_run_out_at_launch_are_not(
    session: Session, launched: datetime, count: int
) -> None:
    first = make_survey(session, ["company_profile"])
    declare(session, first, PROFILE, LAST_YEAR)
    assert len(proposed(session, next_year(session, first, launched))) == count


def test_nobody_elses_answers_are(session: Session) -> None:
    first = make_survey(session, ["company_profile"])
    declare(session, first, PROFILE, LAST_YEAR)
    other = make_survey(session, ["company_profile"])
    assert proposed(session, other) == {}
    assert proposed(session, first) == {}


@pytest.mark.parametrize("headcount", ["n1_9", "n50_249"])
def test_a_second_years_form_arrives_more_than_half_filled(
    session: Session, tmp_path: Path, headcount: str
) -> None:
    first = make_survey(session, USUAL)
    drafts.save(session, first, {"prf_headcount": Change(headcount)}, "test", LAST_YEAR)
    complete(session, first)
    key = sealing.installation_key(tmp_path)
    service.sign(session, first, OLA, key=key, short_form=SHORT_FORM, locale="en", now=LAST_YEAR)
    survey = opened(session, next_year(session, first, NOW, *USUAL))
    asked = survey.supposed().ids
    assert len(survey.proposed()) > len(asked) / 2
    assert survey.answers == {}
    assert survey.missing == opened(session, make_survey(session, USUAL)).missing


def test_an_answer_given_or_emptied_is_proposed_no_more(session: Session) -> None:
    first = make_survey(session, ["company_profile"])
    declare(session, first, PROFILE, LAST_YEAR)
    second = next_year(session, first)
    given = {
        "prf_legal_name": Change("New AS"),
        "prf_headcount": Change(None, put_aside=True),
    }
    drafts.save(session, second, given, "test", NOW)
    survey = opened(session, second)
    assert survey.proposed() == []
    assert survey.answers == {"prf_legal_name": "New AS"}
