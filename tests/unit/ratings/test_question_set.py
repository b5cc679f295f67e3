from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.questionnaires.answers import Answers, Context, Value
from portal.questionnaires.schema import Question
from portal.questionnaires.visibility import visible
from portal.ratings.case import Criticality
from portal.ratings.findings import Assessment, assess
from portal.ratings.question_set import Judgement, Review
from portal.ratings.settings import Value as Worth
from tests.unit.ratings.examples import SETTINGS, TODAY, case, declared, rated
from tests.unit.ratings.questions import HIGH, LIBRARY, LOW, assessed, question, rule, values
from tests.unit.ratings.suppliers import claim

OPTIONS = [{"id": each, "label": each} for each in ("all", "some", "none")]
SCORED = question(
    "scored",
    rule({"eq": "some"}, 2),
    rule({"eq": "none"}, 5),
    type="single",
    options=OPTIONS,
    allow_unknown=True,
)
SCOPE = question("scope")
AFTER_SCORED = question(
    "follow_up", rule({"eq": "no"}, 5), visible_if={"not": {"q": "scored", "eq": "none"}}
)
AFTER_SCOPE = question("follow_up", rule({"eq": "no"}, 5), visible_if={"q": "scope", "eq": "yes"})


@pytest.mark.parametrize(
    ("answer", "value"),
    [("all", "declared"), ("some", "partial"), ("none", "no"), ("unknown", "unknown")],
)
def test_points_against_the_worst_rule_give_the_value(answer: str, value: str) -> None:
    assert values(assessed(SCORED, answers={"scored": answer})) == {"scored": value}


def test_a_missing_answer_stays_in_the_set_and_earns_nothing() -> None:
    (credit,) = assessed(SCORED, answers={}).credits
    assert (credit.value, credit.answered_on) == ("unanswered", None)


def test_weight_is_the_worst_points_by_five_and_the_topic_follows_the_area() -> None:
    osh = question("q", rule({"eq": "no"}, 8), areas=["osh", "wages"])
    (credit,) = assessed(osh, answers={"q": "yes"}).credits
    assert (credit.weight, credit.topic, credit.answered_on) == (1.6, "osh", TODAY)


def test_some_questions_count_under_a_topic_of_their_own() -> None:
    for question_id, topic in (("lab_housing_ok", "migrant_labour"), ("coc_incidents", "remedy")):
        asked = question(question_id, rule({"eq": "no"}, 5))
        assert assessed(asked, answers={}).credits[0].topic == topic


def test_questions_that_cannot_be_answered_badly_are_not_in_the_set() -> None:
    praise = question("praise", rule({"eq": "yes"}, -2))
    assert assessed(SCOPE, praise, question("plain"), answers={"scope": "yes"}).credits == ()


@pytest.mark.parametrize(
    ("answer", "value"), [("none", "no"), ("some", "unanswered"), (None, "unanswered")]
)
def test_hidden_by_a_scored_answer_inherits_its_credit(answer: str | None, value: str) -> None:
    answers = {"scored": answer} if answer else {}
    assert values(assessed(SCORED, AFTER_SCORED, answers=answers))["follow_up"] == value


def test_a_good_answer_that_needs_no_follow_up_passes_its_credit_on() -> None:
    after = question("repaid", rule({"eq": "no"}, 5), visible_if={"q": "scored", "eq": "none"})
    reviews = {"scored": Review(value=Worth.EVIDENCED, until=date(2027, 1, 1))}
    plain = assessed(SCORED, after, answers={"scored": "all"})
    proven = assessed(
        SCORED, after, answers={"scored": "all"}, judgement=Judgement(reviews=reviews)
    )
    assert values(plain)["repaid"] == "declared"
    assert values(proven)["repaid"] == "evidenced"
    assert proven.credits[1].evidence_until == date(2027, 1, 1)


def test_hidden_by_scope_counts_nothing_until_the_scope_is_accepted() -> None:
    answers = {"scope": "no"}
    accepted = Judgement(reviews={}, accepted=frozenset({"scope"}))
    assert values(assessed(SCOPE, AFTER_SCOPE, answers=answers)) == {"follow_up": "not_relevant"}
    by_reviewer = assessed(SCOPE, AFTER_SCOPE, answers=answers, judgement=accepted)
    by_itself = assessed(SCOPE, AFTER_SCOPE, answers=answers, context=LOW)
    assert values(by_reviewer) == values(by_itself) == {"follow_up": "accepted_not_relevant"}


def test_silence_about_the_scope_is_never_accepted() -> None:
    assert values(assessed(SCOPE, AFTER_SCOPE, answers={}, context=LOW)) == {
        "follow_up": "unanswered"
    }


def test_what_hides_a_follow_up_hides_what_follows_it() -> None:
    deeper = question("deeper", rule({"eq": "no"}, 5), visible_if={"q": "follow_up", "eq": "no"})
    found = values(assessed(SCOPE, AFTER_SCOPE, deeper, answers={"scope": "no"}))
    assert found == {"follow_up": "not_relevant", "deeper": "not_relevant"}


def test_of_two_reasons_the_one_that_earns_less_decides() -> None:
    both = question(
        "both",
        rule({"eq": "no"}, 5),
        visible_if={"any": [{"q": "scope", "eq": "yes"}, {"q": "scored", "eq": "none"}]},
    )
    answers = {"scope": "no", "scored": "all"}
    assert values(assessed(SCOPE, SCORED, both, answers=answers))["both"] == "not_relevant"
    low = assessed(SCOPE, SCORED, both, answers=answers, context=LOW)
    assert values(low)["both"] == "declared"


def test_leaving_out_what_a_rule_looks_at_never_helps() -> None:
    size = question("size", type="single", options=OPTIONS)
    small = {"all": [{"eq": "no"}, {"q": "size", "eq": "none"}]}
    big = {"all": [{"eq": "no"}, {"not": {"q": "size", "eq": "none"}}]}
    looking = question(
        "looking", rule(small, 2), rule(big, 5), rule({"q": "size", "eq": "all"}, -9)
    )
    told = assessed(size, looking, answers={"looking": "no", "size": "none"})
    silent = assessed(size, looking, answers={"looking": "no"})
    not_asked = assessed(looking, answers={"looking": "no"})
    assert (values(told), values(silent)) == ({"looking": "partial"}, {"looking": "no"})
    assert values(not_asked) == {"looking": "no"}


def test_not_relevant_waits_for_the_buyer_at_any_risk() -> None:
    asked = question("q", rule({"eq": "no"}, 5), type="yes_no_na")
    accepted = Judgement(reviews={}, accepted=frozenset({"q"}))
    assert values(assessed(asked, answers={"q": "na"}, context=LOW)) == {"q": "not_relevant"}
    assert values(assessed(asked, answers={"q": "na"}, judgement=accepted)) == {
        "q": "accepted_not_relevant"
    }


def test_a_review_lifts_only_a_full_yes() -> None:
    reviews = {"scored": Review(value=Worth.VERIFIED)}
    judged = {
        answer: values(
            assessed(SCORED, answers={"scored": answer}, judgement=Judgement(reviews=reviews))
        )["scored"]
        for answer in ("all", "some", "none")
    }
    assert judged == {"all": "verified", "some": "partial", "none": "no"}


def test_what_the_buyer_knows_decides_what_is_asked() -> None:
    standard = question("standard", rule({"eq": "no"}, 5), tier="standard")
    extended = question("extended", rule({"eq": "no"}, 5), tier="extended")
    gated = question(
        "gated",
        rule({"eq": "no"}, 5),
        visible_if={
            "all": [{"ctx": "supplier.inherent_risk", "eq": "high"}, {"q": "scored", "eq": "all"}]
        },
    )
    asked = (SCORED, standard, extended, gated)
    short = Context(short_form=True, values=LOW.values, today=TODAY)
    assert list(values(assessed(*asked, answers={}, context=HIGH))) == [
        "scored",
        "standard",
        "extended",
        "gated",
    ]
    assert list(values(assessed(*asked, answers={}, context=short))) == ["scored"]


def test_a_follow_up_of_a_question_that_was_not_sent_is_not_in_the_set() -> None:
    orphan = question("orphan", rule({"eq": "no"}, 5), visible_if={"q": "elsewhere", "eq": "yes"})
    rest = question(
        "rest", rule({"eq": "no"}, 5), visible_if={"not": {"q": "elsewhere", "eq": "yes"}}
    )
    assert list(values(assessed(orphan, rest, answers={}))) == ["rest"]


ASKED = list(LIBRARY)
QUESTIONS = [each for questionnaire in ASKED for each in questionnaire.questions()]


def _answer(each: Question) -> st.SearchStrategy[Value]:
    if each.type == "country_list":
        return st.sampled_from(["NO", "CN", "CD"]).map(lambda code: [code])
    if each.type in {"number", "percent"}:
        return st.sampled_from([0, 1, 12, 14, 17, 48, 55, 70])
    if each.type == "multi":
        own = [option.id for option in each.options]
        return st.lists(st.sampled_from(own), min_size=1, max_size=3, unique=True)
    return st.sampled_from(each.choices()) if each.choices() else st.just("Text")


PLAIN = [each for each in QUESTIONS if each.type not in {"matrix", "file", "date"}]
random_answers = st.fixed_dictionaries({}, optional={each.id: _answer(each) for each in PLAIN})
full_answers = st.fixed_dictionaries({each.id: _answer(each) for each in PLAIN})


def _assessed(answers: Answers, context: Context = HIGH) -> Assessment:
    return assess(ASKED, answers, context, LIBRARY.scoring)


@claim
@given(random_answers)
def test_answers_never_decide_the_denominator(answers: Answers) -> None:
    silent, answered = _assessed({}), _assessed(answers)
    assert [(c.question, c.topic, c.weight) for c in answered.credits] == [
        (c.question, c.topic, c.weight) for c in silent.credits
    ]


@claim
@given(full_answers, st.data())
def test_a_dropped_answer_never_earns_more(answers: Answers, data: st.DataObject) -> None:
    given_ = visible(ASKED, answers, HIGH).answers
    dropped = data.draw(st.sampled_from(sorted(given_)))
    fewer = {key: value for key, value in given_.items() if key != dropped}
    supplier = case("CN", "ict_equipment", Criticality.A, made_in=("CN",))
    before = rated(declared(supplier, _assessed(given_).credits))
    after = rated(declared(supplier, _assessed(fewer).credits))
    assert after.residual >= before.residual


def test_silence_earns_nothing_in_the_shipped_questionnaires() -> None:
    credits_ = _assessed({}).credits
    assert len(credits_) > 60
    assert {credit.value for credit in credits_} == {Worth.UNANSWERED}


def test_every_flag_of_the_shipped_content_is_known_to_the_model() -> None:
    bridge = LIBRARY.scoring.to_risk_model
    flags = {one.flag for one in bridge.red_flag_of_severity}
    flags |= {one.to for one in bridge.red_flag_override}
    floors = SETTINGS.red_flag_floors
    assert flags <= floors.keys()
    assert all(floors[one.flag] == one.floor for one in bridge.red_flag_to_add)
