"""Single steps of the worked examples."""

from datetime import date, timedelta

import pytest

from portal.ratings.case import Case, Criticality, RedFlag, State
from portal.ratings.explanation import Line
from portal.ratings.settings import Value
from tests.unit.ratings.examples import TODAY, case, changed, declared, question_set, rated

CLEANING = case("NO", "no_cleaning", Criticality.C)
TAIWAN = case("TW", "finished_electronics", Criticality.A, made_in=("TW",))
RESELLER = case("NO", "ict_equipment", Criticality.A)


def points(supplier: Case) -> dict[str, float]:
    return {line.code: line.points for line in rated(supplier).explanation}


def flagged(supplier: Case, code: str) -> Case:
    return supplier.model_copy(update={"red_flags": (RedFlag(code=code, source="person"),)})


def test_a_risky_category_counts_in_a_safe_country() -> None:
    assert points(CLEANING) == {"inherent.category": 52.5, "state.open": 0}


def test_one_no_on_a_material_topic_caps_the_credit() -> None:
    answers = changed(question_set("no_cleaning", Value.EVIDENCED), "wages", Value.NO)
    rating = rated(declared(CLEANING, answers))
    assert rating.effectiveness == pytest.approx(0.70)
    assert rating.residual == pytest.approx(34.1, abs=0.05)
    shown = sum(_topic_points(rating.explanation)) / (52.5 * -0.5)
    assert shown == pytest.approx(0.785, abs=0.001)


def _topic_points(lines: tuple[Line, ...]) -> list[float]:
    return [line.points for line in lines if line.code == "topic.credit"]


def test_expired_evidence_is_a_plain_yes() -> None:
    expired = tuple(
        answer._replace(evidence_until=TODAY - timedelta(days=1))
        for answer in question_set("no_cleaning", Value.EVIDENCED)
    )
    rating = rated(declared(CLEANING, expired))
    assert rating.residual == pytest.approx(36.8, abs=0.0501)
    assert rating.basis == "self_declared"


def test_no_proof_of_minimum_wage_is_a_floor() -> None:
    supplier = declared(CLEANING, question_set("no_cleaning", Value.EVIDENCED))
    rating = rated(flagged(supplier, "no_minimum_wage_proof"))
    assert rating.residual == 75
    assert rating.red_flags == ("no_minimum_wage_proof",)
    assert rating.explanation[-1].source == "person"


@pytest.mark.parametrize(
    ("today", "score"),
    [
        (date(2027, 11, 21), 30.2),
        (date(2028, 2, 21), 35.8),
        (date(2028, 5, 21), 41.3),
        (date(2028, 8, 21), 46.9),
        (date(2028, 11, 21), 52.5),
        (date(2031, 1, 1), 52.5),
    ],
)
def test_credit_ages(today: date, score: float) -> None:
    supplier = declared(CLEANING, question_set("no_cleaning", Value.EVIDENCED))
    assert rated(supplier, today).residual == pytest.approx(score, abs=0.0501)


def test_answers_of_two_years_ago_leave_the_inherent_risk_alone() -> None:
    supplier = declared(CLEANING, question_set("no_cleaning", Value.EVIDENCED))
    rating = rated(supplier, date(2028, 11, 21))
    assert rating.basis == "inherent_only"
    assert rating.explanation[-1].code == "state.expired"


def test_a_listed_good_from_a_listed_country_lifts_the_risk() -> None:
    rating = rated(case("CN", "electronic_components", Criticality.A, made_in=("CN",)))
    assert rating.uplift == 15
    uplift = next(line for line in rating.explanation if line.code.startswith("uplift"))
    assert uplift.text == "Electronics from China is known to be made with forced labour."


def test_a_missing_mineral_declaration_halves_the_credit() -> None:
    answers = changed(
        question_set("finished_electronics", Value.EVIDENCED), "conflict_minerals", Value.NO
    )
    supplier = declared(TAIWAN, answers)
    rating = rated(supplier)
    assert (rating.effectiveness, rating.residual) == (0.5, 45.0)
    cap = next(line for line in rating.explanation if line.code == "cap.weakest_topic")
    assert cap.points == pytest.approx(60 * 0.5 * (0.767 - 0.5), abs=0.02)
    assert rated(flagged(supplier, "severe_abuse_in_remedy")).residual == 60


def test_hiding_the_origin_costs_more_than_telling_the_worst() -> None:
    asked = RESELLER.model_copy(update={"origin_asked": True})
    told = asked.model_copy(update={"production_countries": ("CN",)})
    assert (rated(RESELLER).country_index, rated(asked).country_index) == (60, 90)
    assert (rated(RESELLER).inherent, rated(asked).inherent) == (70, 100)
    assert (rated(asked).uplift, rated(RESELLER).uplift) == (15, 0)
    assert rated(told).inherent == pytest.approx(92.8, abs=0.0501)


@pytest.mark.parametrize(
    ("state", "basis"),
    [
        (State.NOT_INVITED, "inherent_only"),
        (State.OPEN, "inherent_only"),
        (State.OVERDUE, "not_answered"),
        (State.DECLINED, "declined"),
    ],
)
def test_earlier_answers_earn_nothing_without_a_declaration(state: State, basis: str) -> None:
    answers = question_set("no_cleaning", Value.VERIFIED)
    supplier = CLEANING.model_copy(update={"state": state, "credits": answers})
    rating = rated(supplier)
    assert (rating.effectiveness, rating.basis) == (0, basis)
    assert not _topic_points(rating.explanation)


def test_documents_for_half_of_the_set_make_a_rating_evidenced() -> None:
    answers = question_set("no_cleaning", Value.EVIDENCED)
    few = changed(changed(answers, "osh", Value.DECLARED), "supply_chain", Value.DECLARED)
    most = tuple(a._replace(value=Value.DECLARED) for a in answers[:12])
    assert rated(declared(CLEANING, few)).basis == "evidenced"
    assert rated(declared(CLEANING, (*most, *answers[12:]))).basis == "self_declared"


def test_not_relevant_counts_nothing_until_the_buyer_accepts_it() -> None:
    answers = question_set("no_cleaning", Value.EVIDENCED)
    claimed = changed(answers, "environment", Value.NOT_RELEVANT)
    accepted = changed(answers, "environment", Value.ACCEPTED_NOT_RELEVANT)
    refused = changed(answers, "environment", Value.NO)
    assert (
        rated(declared(CLEANING, claimed)).residual == rated(declared(CLEANING, refused)).residual
    )
    assert rated(declared(CLEANING, accepted)).residual == pytest.approx(30.2, abs=0.0501)


def test_an_unknown_red_flag_is_refused() -> None:
    with pytest.raises(ValueError, match="'gossip' has no floor"):
        rated(flagged(CLEANING, "gossip"))
