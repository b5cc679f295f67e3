import json
from dataclasses import replace

import pytest

from portal.ratings.case import Case, Criticality, RedFlag, State
from portal.ratings.explanation import ExplanationError, Ledger, check_sum, figure
from portal.ratings.model import Rating, rate
from portal.ratings.settings import CategoryOverride, ModelSettings, Value
from tests.unit.ratings.examples import REFERENCE, TODAY, case, declared, question_set, rated

FURNITURE = declared(
    case("NO", "furniture", Criticality.B, made_in=("PL",)),
    question_set("furniture", Value.DECLARED),
)


def codes(rating: Rating) -> list[str]:
    return [line.code for line in rating.explanation]


def test_lines_come_in_order_and_name_their_sources() -> None:
    flagged = FURNITURE.model_copy(
        update={"red_flags": (RedFlag(code="false_evidence", source="import"),)}
    )
    rating = rated(flagged)
    assert codes(rating)[:2] == ["inherent.country", "inherent.category"]
    assert set(codes(rating)[2:-1]) == {"topic.credit"}
    assert codes(rating)[-1] == "flag.floor"
    assert rating.explanation[0].source == "ituc freedom_house wgi cpi dol"
    assert rating.explanation[1].source.startswith("https://anskaffelser.no/")
    assert rating.explanation[-1].source == "import"


def test_one_line_per_topic_names_its_questions() -> None:
    lines = {line.params["topic_id"]: line for line in rated(FURNITURE).explanation[2:]}
    assert lines["osh"].questions == ("q3", "q4")
    assert lines["osh"].points < lines["wages"].points < 0


def test_points_add_up_to_the_hundredth() -> None:
    rating = rated(FURNITURE)
    assert round(sum(line.points for line in rating.explanation), 2) == rating.residual


def test_a_rating_that_does_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ExplanationError, match="the score is 90"):
        replace(rated(FURNITURE), residual=90.0)


def test_a_wrong_sum_is_named() -> None:
    with pytest.raises(ExplanationError, match=r"gives 0.00, the score is 1.00"):
        check_sum((), 1)


def test_figures_round_halves_upwards_and_ignore_noise() -> None:
    assert figure(36.745) == 36.75
    assert figure(0.1 + 0.2 - 0.295) == 0.01
    assert figure(99.999) == 100


def test_rounding_never_gets_lost_between_lines() -> None:
    ledger = Ledger()
    for _ in range(3):
        ledger.add("state.overdue", 1 / 3, "test")
    check_sum(ledger.lines, 1.0)


def test_the_score_ends_at_a_hundred() -> None:
    supplier = case("NO", "ict_equipment", Criticality.A, origin_asked=True)
    rating = rated(supplier)
    assert codes(rating) == [
        "inherent.origin_untold",
        "inherent.category",
        "uplift.origin_untold",
        "state.open",
    ]
    overdue = rated(supplier.model_copy(update={"state": State.OVERDUE}))
    assert (overdue.residual, overdue.explanation[-1].points) == (100, 0)
    mined = rated(case("CD", "3tg_minerals", Criticality.A, made_in=("CD",)))
    assert "inherent.limit" not in codes(mined)
    untold = rated(case("CD", "3tg_minerals", Criticality.A, origin_asked=True))
    assert codes(untold)[-2] == "inherent.limit"


def test_proposals_and_overrides_are_told_in_the_explanation() -> None:
    software = case("US", "software", Criticality.B)
    assert "inherent.category_proposal" not in codes(rated(software))  # the country decides
    catering = case("NO", "cleaning_chemicals", Criticality.B, made_in=("NO",))
    line = next(line for line in rated(catering).explanation if "category" in line.code)
    assert line.code == "inherent.category_proposal"
    override = CategoryOverride(index=60, reason="Palm oil inside")
    settings = ModelSettings(version=2, category_overrides={"cleaning_chemicals": override})
    rating = rate(catering, REFERENCE, settings, TODAY)
    assert "(Palm oil inside)" in rating.explanation[0].text
    assert rating.settings_version == 2


@pytest.mark.parametrize(
    ("country", "code", "source"),
    [
        ("AQ", "inherent.country_default", "model"),
        ("UM", "inherent.country_parent", "ituc freedom_house wgi cpi dol"),
        ("MX", "inherent.country", "wgi dol"),
    ],
)
def test_the_country_line_says_what_it_rests_on(country: str, code: str, source: str) -> None:
    rating = rated(case(country, "lab_services", Criticality.B))
    line = rating.explanation[0]
    assert (line.code, line.source) == (code, source)


def test_case_and_settings_survive_storage() -> None:
    assert Case.from_data(FURNITURE.to_data()) == FURNITURE
    assert ModelSettings.from_data(ModelSettings().to_data()) == ModelSettings()


def test_a_case_reads_the_same_from_its_json() -> None:
    assert json.loads(FURNITURE.to_json()) == FURNITURE.to_data()
    first = ["q1", "child_labour", 1.0, "declared", TODAY.isoformat(), None]
    assert FURNITURE.to_data()["credits"][0] == first


@pytest.mark.parametrize(
    "kept",
    [["q1"], ["q1", "osh", 1.0, "perfect", None, None], ["q1", "osh", 1.0, "no", 7, None]],
)
def test_credits_that_were_kept_otherwise_are_refused(kept: list[object]) -> None:
    with pytest.raises(ValueError, match="credits"):
        Case.from_data({"country": "NO", "credits": [kept]})


def test_a_rating_recomputes_from_an_excerpt_of_the_reference_data() -> None:
    goods = ("Furniture", "Timber", "Furniture (steel)")
    excerpt = REFERENCE.excerpt(("NO", "PL"), goods)
    stored = type(REFERENCE).from_data(excerpt.to_data())
    settings = ModelSettings.from_data(ModelSettings().to_data())
    case_again = Case.from_data(FURNITURE.to_data())
    assert rate(case_again, stored, settings, TODAY) == rated(FURNITURE)
    assert set(stored.countries) == {"NO", "PL"}


def test_gravest_topics_come_first() -> None:
    topics = rated(FURNITURE).topics
    assert topics[0].topic == "forced_labour"
    assert [one.severity for one in topics] == sorted((t.severity for t in topics), reverse=True)
    wages = next(topic for topic in topics if topic.topic == "wages")
    hours = next(topic for topic in topics if topic.topic == "working_hours")
    assert wages.likelihood == pytest.approx(2 * hours.likelihood)
