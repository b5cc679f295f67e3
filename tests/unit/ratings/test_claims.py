"""What the model promises, tried with random suppliers over the real tables."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.ratings.case import Case, Criticality, RedFlag, State
from portal.ratings.category import find_category, material_topics
from portal.ratings.credit import effectiveness
from portal.ratings.model import rate
from portal.ratings.reference import ReferenceData, Source
from portal.ratings.settings import Value
from tests.unit.ratings.examples import REFERENCE, SETTINGS, TODAY, rated
from tests.unit.ratings.loading import with_indicators
from tests.unit.ratings.suppliers import (
    COUNTRIES,
    VALUES,
    answering_cases,
    cases,
    changed,
    claim,
    countries,
    days_later,
    declared_cases,
    flags,
    index_of,
    later,
    listed_pairs,
    untold_cases,
    with_answer,
)


@claim
@given(cases)
def test_the_same_inputs_give_the_same_rating(supplier: Case) -> None:
    again = Case.from_data(supplier.to_data())
    assert rated(supplier) == rated(again)


@claim
@given(cases)
def test_every_figure_is_in_range(supplier: Case) -> None:
    rating = rated(supplier)
    assert 0 <= rating.effectiveness <= 1
    figures = (rating.country_index, rating.category_index, rating.inherent, rating.residual)
    assert all(0 <= figure <= 100 for figure in figures)


@claim
@given(cases)
def test_the_explanation_adds_up(supplier: Case) -> None:
    rating = rated(supplier)
    points = sum(round(line.points * 100) for line in rating.explanation)
    assert points == round(rating.residual * 100)
    inherent = [line for line in rating.explanation if line.code.startswith(("inher", "upl"))]
    assert sum(round(line.points * 100) for line in inherent) == round(rating.inherent * 100)


@claim
@given(cases)
def test_answers_take_away_at_most_half(supplier: Case) -> None:
    rating = rated(supplier)
    assert rating.residual >= rating.inherent / 2 - 0.01


@claim
@given(answering_cases, st.integers(0, 99), st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_a_worse_answer_never_lowers(supplier: Case, number: int, one: Value, two: Value) -> None:
    better, worse = sorted((one, two), key=VALUES.index)
    answered = {"answered_on": TODAY}
    good = with_answer(supplier, number, value=better, **answered)
    bad = with_answer(supplier, number, value=worse, **answered)
    assert rated(bad).residual >= rated(good).residual


@claim
@given(answering_cases, st.integers(0, 99), st.sampled_from(VALUES))
def test_a_dropped_answer_never_lowers(supplier: Case, number: int, value: Value) -> None:
    given_ = with_answer(supplier, number, value=value, answered_on=TODAY)
    dropped = with_answer(supplier, number, value=Value.UNANSWERED, answered_on=None)
    assert rated(dropped).residual >= rated(given_).residual


@claim
@given(answering_cases, st.integers(0, 99), st.sampled_from(VALUES))
def test_expired_evidence_never_lowers(supplier: Case, number: int, value: Value) -> None:
    answer = {"value": value, "answered_on": TODAY}
    valid = with_answer(supplier, number, **answer, evidence_until=TODAY)
    expired = with_answer(supplier, number, **answer, evidence_until=TODAY - timedelta(days=1))
    assert rated(expired).residual >= rated(valid).residual


@claim
@given(declared_cases, days_later)
def test_age_never_lowers(supplier: Case, days: int) -> None:
    assert rated(supplier, later(days)).residual >= rated(supplier).residual


@claim
@given(cases, countries, countries)
def test_one_more_production_country_never_lowers(supplier: Case, one: str, two: str) -> None:
    known = changed(supplier, production_countries=(one,))
    more = changed(supplier, production_countries=(one, two))
    assert rated(more).residual >= rated(known).residual


@claim
@given(cases, flags)
def test_one_more_red_flag_never_lowers(supplier: Case, flag: RedFlag) -> None:
    flagged = changed(supplier, red_flags=(*supplier.red_flags, flag))
    assert rated(flagged).residual >= rated(supplier).residual
    assert rated(flagged).residual >= SETTINGS.red_flag_floors[flag.code]


@claim
@given(cases, st.sampled_from(["law", "voice", "freedom", "corruption"]), st.floats(0, 100))
def test_a_worse_country_figure_never_lowers(supplier: Case, field: str, figure: float) -> None:
    known = getattr(REFERENCE.indicators(supplier.country), field)
    assume(known is not None and figure <= known)
    worse = rate(supplier, _with(supplier.country, **{field: figure}), SETTINGS, TODAY)
    assert worse.residual >= rated(supplier).residual


@claim
@given(cases, st.sampled_from("12345"))
def test_a_worse_ituc_rating_never_lowers(supplier: Case, ituc: str) -> None:
    better, worse = _with(supplier.country, ituc=ituc), _with(supplier.country, ituc="5+")
    before = rate(supplier, better, SETTINGS, TODAY)
    assert rate(supplier, worse, SETTINGS, TODAY).residual >= before.residual


@claim
@given(cases, st.integers(1, 30))
def test_more_listed_goods_never_lower(supplier: Case, more: int) -> None:
    known = REFERENCE.indicators(supplier.country)
    listed = {
        "forced_labour_goods": known.forced_labour_goods + more,
        "child_labour_goods": known.child_labour_goods + more,
    }
    worse = rate(supplier, _with(supplier.country, **listed), SETTINGS, TODAY)
    assert worse.residual >= rated(supplier).residual


def _with(country: str, **figures: str | float) -> ReferenceData:
    source = Source(id="test", title="Test", edition="1", year=2026)
    return with_indicators(REFERENCE, source, {country: figures})


@claim
@given(declared_cases)
def test_silence_never_beats_answering(supplier: Case) -> None:
    silent = rated(changed(supplier, state=State.OVERDUE))
    assert silent.residual >= rated(supplier).residual
    assert silent.effectiveness == 0


@claim
@given(cases)
def test_declining_is_no_better_than_silence(supplier: Case) -> None:
    declined = rated(changed(supplier, state=State.DECLINED))
    assert declined.residual >= rated(changed(supplier, state=State.OVERDUE)).residual
    assert declined.effectiveness == 0


@claim
@given(cases)
def test_silence_is_never_low(supplier: Case) -> None:
    assert rated(changed(supplier, state=State.OVERDUE)).band != "low"


@pytest.mark.parametrize("category", ["software", "training", "ivd_lab"])
def test_silence_is_never_low_in_the_safest_countries(category: str) -> None:
    for country in COUNTRIES[::5]:
        silent = Case(
            country=country,
            production_countries=(country,),
            category=category,
            state=State.OVERDUE,
        )
        assert rated(silent).band != "low", country


@claim
@given(cases, st.sampled_from([State.OPEN, State.NOT_INVITED]))
def test_without_an_answer_the_inherent_risk_stands(supplier: Case, state: State) -> None:
    rating = rated(changed(supplier, state=state, red_flags=()))
    assert (rating.residual, rating.basis) == (rating.inherent, "inherent_only")


@claim
@given(untold_cases, st.lists(countries, min_size=1, max_size=3))
def test_telling_the_origin_never_raises(supplier: Case, told: list[str]) -> None:
    assume(all(index_of(country) <= 90 for country in told))
    known = changed(supplier, production_countries=tuple(told))
    assert rated(known).residual <= rated(supplier).residual


@claim
@given(untold_cases, listed_pairs)
def test_telling_a_listed_origin_never_raises(supplier: Case, pair: tuple[str, str]) -> None:
    category, country = pair
    untold = changed(supplier, category=category)
    known = changed(untold, production_countries=(country,))
    assert rated(known).residual <= rated(untold).residual


@claim
@given(declared_cases)
def test_credit_never_exceeds_what_the_weakest_material_topic_allows(supplier: Case) -> None:
    material = material_topics(find_category(supplier.category), SETTINGS)
    earned = effectiveness(supplier.credits, material, SETTINGS, TODAY)
    for topic in earned.topics:
        if topic.topic in material:
            allowed = 1 - 0.1 * SETTINGS.severity(topic.topic) * (1 - topic.effectiveness)
            assert earned.value <= allowed


@claim
@given(cases)
def test_a_critical_supplier_never_comes_after_another(supplier: Case) -> None:
    critical = rated(changed(supplier, criticality=Criticality.A))
    for criticality in (Criticality.B, Criticality.C, None):
        other = rated(changed(supplier, criticality=criticality))
        assert critical.priority <= other.priority
        assert critical.residual == other.residual


@claim
@given(cases)
def test_a_rating_recomputes_from_its_own_inputs(supplier: Case) -> None:
    category = find_category(supplier.category)
    places = (supplier.country, *supplier.production_countries)
    stored = REFERENCE.excerpt(places, category.dol_goods).to_data()
    case = Case.from_data(supplier.to_data())
    assert rate(case, ReferenceData.from_data(stored), SETTINGS, TODAY) == rated(supplier)


@pytest.mark.parametrize("value", [Value.NO, Value.UNKNOWN, Value.NOT_RELEVANT, Value.UNANSWERED])
def test_some_answers_earn_nothing(value: Value) -> None:
    assert value not in SETTINGS.credits
