"""What people do beside the model: red flags, other scores, and what an answer would change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from portal.ratings import flags, overrides, service
from portal.ratings.case import Criticality
from portal.ratings.improving import largest_steps, supposing
from portal.ratings.model import rate
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.queries import latest
from portal.ratings.records import fault_of, recomputed
from portal.ratings.settings import Value
from portal.suppliers.models import Supplier
from tests.makers import make_supplier
from tests.unit.ratings.examples import (
    REFERENCE,
    SETTINGS,
    TODAY,
    case,
    declared,
    question_set,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BY = "anne@buyer.example"


@pytest.fixture
def supplier(session: Session) -> Supplier:
    made = make_supplier(session, country="NO", category="office_furniture")
    service.recompute(session, None, NOW)
    return made


def test_a_flag_is_a_floor_until_a_person_clears_it_with_a_reason(
    session: Session, supplier: Supplier
) -> None:
    before = latest(session, supplier.id)
    flag = flags.set_flag(
        session,
        supplier.id,
        "sanction_or_conviction",
        source="Court of Oslo, 4 May 2026",
        reason="Fined for illegal hiring",
        by=BY,
        now=NOW,
    )
    flagged = latest(session, supplier.id)
    assert before is not None
    assert flagged is not None
    assert (flagged.residual, flagged.trigger) == (90, RatingTrigger.FLAG)
    with pytest.raises(flags.FlagRefused, match="needs a reason"):
        flags.clear_flag(session, flag, reason=" ", by=BY, now=NOW)
    flags.clear_flag(session, flag, reason="Appeal won", by=BY, now=NOW)
    cleared = latest(session, supplier.id)
    assert cleared is not None
    assert cleared.residual == before.residual


def test_a_higher_score_stands_at_once_and_the_computed_one_stays(
    session: Session, supplier: Supplier
) -> None:
    computed = latest(session, supplier.id)
    row = overrides.propose(
        session, supplier.id, 80, reason="Seen on a visit", ends_on=None, by=BY, now=NOW
    )
    assert computed is not None
    assert overrides.is_in_force(row)
    assert (row.computed, latest(session, supplier.id)) == (computed.residual, computed)


def test_a_lower_score_needs_an_end_and_a_second_person(
    session: Session, supplier: Supplier
) -> None:
    with pytest.raises(overrides.OverrideRefused, match="day on which it ends"):
        overrides.propose(session, supplier.id, 5, reason="x", ends_on=None, by=BY, now=NOW)
    row = overrides.propose(
        session, supplier.id, 5, reason="Visited", ends_on=date(2027, 1, 31), by=BY, now=NOW
    )
    assert not overrides.is_in_force(row)
    with pytest.raises(overrides.OverrideRefused, match="second person"):
        overrides.confirm(session, row, by=BY, now=NOW)
    overrides.confirm(session, row, by="per@buyer.example", now=NOW)
    assert overrides.is_in_force(row)
    assert overrides.override_of(session, supplier.id, date(2027, 1, 31)) == row
    assert overrides.override_of(session, supplier.id, date(2027, 2, 1)) is None
    overrides.end(session, row, by=BY, now=NOW)
    assert overrides.override_of(session, supplier.id, TODAY) is None


def test_the_largest_steps_are_the_gravest_gaps_and_do_lower_the_rating() -> None:
    asked = case("CN", "electronic_components", Criticality.A, made_in=("CN",))
    maker = declared(asked, question_set("electronic_components", Value.NO))
    today = rate(maker, REFERENCE, SETTINGS, TODAY)
    steps = largest_steps(maker, REFERENCE, SETTINGS, TODAY)
    assert len(steps) == 3
    assert [step.missing for step in steps] == sorted((s.missing for s in steps), reverse=True)
    assert all(step.residual <= today.residual for step in steps)
    everything = {credit.question: Value.VERIFIED for credit in maker.credits}
    best = supposing(maker, everything, REFERENCE, SETTINGS, TODAY)
    assert best.residual == pytest.approx(today.inherent / 2, abs=0.01)


def test_the_topics_are_kept_with_the_rating_and_follow_from_its_inputs(
    session: Session, supplier: Supplier
) -> None:
    row = latest(session, supplier.id)
    assert row is not None
    rating = recomputed(row)
    assert row.topics == {each.topic: each.kept() for each in rating.topics}
    assert fault_of(row) == ""
    topics = {**row.topics, "osh": {"likelihood": 0.0, "band": "low", "material": True}}
    columns = {each.name: getattr(row, each.name) for each in RatingRecord.__table__.columns}
    altered = RatingRecord(**(columns | {"topics": topics}))
    assert fault_of(altered) == "its topics differ"
