"""The history of ratings on both databases: a row when something changes, and only then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import InvitationState
from portal.declarations.models import Declaration
from portal.ratings import service
from portal.ratings.models import Finding, FindingStatus, RatingRecord, RatingTrigger, RedFlag
from portal.ratings.queries import history, latest
from portal.ratings.records import recomputed
from portal.suppliers.models import Criticality
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_campaign, make_contact, make_invitation, make_supplier
from tests.ratings.declaring import declare
from tests.ratings.written import newest

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHILD_FOUND = {"lab_child_found": "yes"}


def count(session: Session) -> int:
    return session.scalars(sa.select(sa.func.count(RatingRecord.id))).one()


def test_launch_rates_on_inherent_risk_alone(session: Session) -> None:
    supplier = make_supplier(session, country="CN", category="ict_equipment")
    invitation = make_invitation(session, contact=make_contact(session, supplier), created_at=NOW)
    [row] = newest(session, service.after_launch(session, [invitation], NOW))
    assert (row.basis, row.trigger) == ("inherent_only", RatingTrigger.LAUNCH)
    assert row.residual == row.inherent
    assert row.explanation[-1]["code"] == "state.open"
    assert latest(session, supplier.id) == row


def test_same_again_writes_nothing(session: Session) -> None:
    invitation = make_invitation(session, created_at=NOW)
    assert len(service.after_launch(session, [invitation], NOW)) == 1
    assert service.after_launch(session, [invitation], NOW) == []
    assert service.recompute(session, None, NOW) == []
    assert count(session) == 1


def test_decline_adds_risk_and_names_the_row_before(session: Session) -> None:
    invitation = make_invitation(session, created_at=THEN)
    [first] = newest(session, service.after_launch(session, [invitation], THEN))
    invitation.state, invitation.declined_at = InvitationState.DECLINED, NOW
    [second] = newest(session, service.after_decline(session, invitation, NOW))
    assert (second.basis, second.previous_id) == ("declined", first.id)
    assert second.residual >= max(40, first.residual)
    assert [row.id for row in history(session, invitation.supplier_id)] == [second.id, first.id]


def test_silence_counts_only_after_the_last_reminder(session: Session) -> None:
    campaign = make_campaign(session, deadline=date(2026, 12, 15))
    invitation = make_invitation(
        session, campaign=campaign, state=InvitationState.SENT, created_at=THEN
    )
    # The last step (+10) is Christmas Day and moves to Monday the 28th.
    assert service.after_deadline(session, datetime(2026, 12, 28, 22, 59, tzinfo=UTC)) == []
    over = datetime(2026, 12, 28, 23, 0, tzinfo=UTC)
    [row] = newest(session, service.after_deadline(session, over))
    assert (row.supplier_id, row.basis) == (invitation.supplier_id, "not_answered")
    assert service.after_deadline(session, over + timedelta(days=1)) == []


def test_longer_time_delays_what_silence_means(session: Session) -> None:
    make_invitation(
        session, state=InvitationState.SENT, created_at=THEN, extended_to=date(2027, 1, 15)
    )
    assert service.after_deadline(session, datetime(2027, 1, 10, tzinfo=UTC)) == []
    assert len(service.after_deadline(session, datetime(2027, 2, 1, tzinfo=UTC))) == 1


def test_answers_become_findings_flags_and_a_rating(session: Session) -> None:
    invitation = make_survey(session, ("labour_rights",), created_at=THEN)
    service.after_launch(session, [invitation], THEN)
    declaration = declare(session, invitation, CHILD_FOUND, NOW)
    [row] = newest(session, service.after_submission(session, declaration, NOW))
    assert (row.trigger, row.declaration_id) == (RatingTrigger.ANSWER, declaration.id)
    assert row.basis == "self_declared"
    assert row.red_flags
    found = session.scalars(sa.select(Finding).where(Finding.red_flag)).all()
    assert [(each.question_id, each.questionnaire_id) for each in found] == [
        ("lab_child_found", "labour_rights")
    ]
    flags = session.scalars(sa.select(RedFlag)).all()
    assert [(flag.source_kind, flag.source) for flag in flags] == [("answer", "lab_child_found")]
    assert row.residual >= 60


def test_second_time_for_one_declaration_changes_nothing(session: Session) -> None:
    invitation = make_survey(session, ("labour_rights",))
    declaration = declare(session, invitation, CHILD_FOUND, NOW)
    service.after_submission(session, declaration, NOW)
    before = len(session.scalars(sa.select(Finding)).all())
    assert service.after_submission(session, declaration, NOW) == []
    assert len(session.scalars(sa.select(Finding)).all()) == before
    assert len(session.scalars(sa.select(RedFlag)).all()) == 1


def corrected(session: Session, answers: dict[str, Any]) -> tuple[Declaration, Declaration]:
    """Declare a grave case, then correct it to `answers`."""
    invitation = make_survey(session, ("labour_rights",))
    first = declare(session, invitation, {**CHILD_FOUND, "lab_age_check": ["none"]}, NOW)
    service.after_submission(session, first, NOW)
    second = declare(session, invitation, answers, NOW + timedelta(days=1), supersedes=first)
    service.after_submission(session, second, NOW + timedelta(days=1))
    return first, second


def test_correction_closes_findings_but_no_red_flag(session: Session) -> None:
    first, _ = corrected(session, {"lab_child_found": "no"})
    rows = session.scalars(sa.select(Finding).where(Finding.declaration_id == first.id)).all()
    assert {row.status for row in rows if not row.red_flag} == {FindingStatus.CLOSED}
    assert {row.status for row in rows if row.red_flag} == {FindingStatus.OPEN}
    [flag] = session.scalars(sa.select(RedFlag)).all()
    assert flag.cleared_at is None


def test_repeated_case_raises_its_flag_once(session: Session) -> None:
    corrected(session, CHILD_FOUND)
    assert len(session.scalars(sa.select(RedFlag)).all()) == 1


def test_every_row_follows_from_its_own_inputs(session: Session) -> None:
    invitation = make_survey(session, ("company_profile", "labour_rights"), created_at=THEN)
    service.after_launch(session, [invitation], THEN)
    answers = {**CHILD_FOUND, "lab_age_check": ["official_id"]}
    service.after_submission(session, declare(session, invitation, answers, NOW), NOW)
    service.recompute(session, None, NOW + timedelta(days=800))
    session.commit()
    rows = session.scalars(sa.select(RatingRecord)).all()
    assert len(rows) == 3
    for row in rows:
        rating = recomputed(row)
        assert (rating.residual, rating.band, rating.basis) == (row.residual, row.band, row.basis)
        assert [line.to_data() for line in rating.explanation] == row.explanation
        assert round(sum(line["points"] for line in row.explanation), 2) == row.residual


def test_answers_age(session: Session) -> None:
    invitation = make_survey(session, ("labour_rights",))
    answers = {"lab_age_check": ["official_id"]}
    service.after_submission(session, declare(session, invitation, answers, NOW), NOW)
    [row] = newest(session, service.recompute(session, None, NOW + timedelta(days=800)))
    assert (row.trigger, row.basis) == (RatingTrigger.RECOMPUTE, "inherent_only")


SITE = {"id": "0", "place": "", "own_or_sub": "own"}


def test_worst_declared_place_of_production_counts(session: Session) -> None:
    supplier = make_supplier(session, country="NO", category="ict_equipment")
    contact = make_contact(session, supplier)
    invitation = make_survey(session, ("company_profile",), contact=contact)
    sites = [
        {**SITE, "country": "CN", "activity": "final_production"},
        {**SITE, "id": "1", "country": "MM", "activity": "office"},
    ]
    declaration = declare(session, invitation, {"prf_sites": sites}, NOW)
    [row] = newest(session, service.after_submission(session, declaration, NOW))
    assert row.inputs["case"]["production_countries"] == ["CN"]
    assert row.explanation[0]["params"]["country_code"] == "CN"


def test_withheld_origin_never_pays(session: Session) -> None:
    supplier = make_supplier(session, country="NO", category="ict_equipment")
    invitation = make_survey(
        session, ("company_profile",), contact=make_contact(session, supplier), created_at=THEN
    )
    [before] = newest(session, service.after_launch(session, [invitation], THEN))
    declaration = declare(
        session, invitation, {"prf_sites": [{**SITE, "country": "NO", "activity": "office"}]}, NOW
    )
    [after] = newest(session, service.after_submission(session, declaration, NOW))
    assert after.inherent > before.inherent
    assert after.explanation[0]["code"] == "inherent.origin_untold"


def test_newest_answers_to_each_questionnaire_count_together(session: Session) -> None:
    contact = make_contact(session)
    first = make_survey(session, ("labour_rights",), contact=contact)
    second = make_survey(session, ("supplier_code_of_conduct",), contact=contact)
    service.after_submission(
        session, declare(session, first, {"lab_age_check": ["official_id"]}, THEN), THEN
    )
    answers = {"coc_acceptance": "accept"}
    [row] = newest(
        session, service.after_submission(session, declare(session, second, answers, NOW), NOW)
    )
    asked = {question for question, *_ in row.inputs["case"]["credits"]}
    assert {"lab_age_check", "coc_acceptance"} <= asked


def test_changed_supplier_is_rated_again_only_if_it_was_rated(session: Session) -> None:
    rated = make_supplier(session, country="NO", category="no_cleaning")
    never = make_supplier(session)
    service.recompute(session, [rated.id], NOW)
    rated.country, rated.criticality = "CN", Criticality.A
    session.flush()
    [row] = newest(session, service.after_supplier_change(session, [rated.id, never.id], NOW))
    assert (row.supplier_id, row.trigger) == (rated.id, RatingTrigger.SUPPLIER)
