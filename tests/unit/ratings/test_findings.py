import pytest

from portal.questionnaires.answers import Value
from portal.ratings.findings import Assessment, assess
from tests.unit.ratings.questions import HIGH, LIBRARY, SCORING, assessed, question, rule

PAID = question(
    "paid",
    rule(
        {"eq": "no"},
        8,
        severity="critical",
        red_flag=True,
        finding="Answer {answer}, {comment}, {ref:why}.",
        action="Pay within {ref:gone} days.",
    ),
)
WHY = question("why", type="text", visible_if={"q": "paid", "eq": "no"})


def test_a_matching_rule_becomes_a_finding_in_the_suppliers_words() -> None:
    answers = {"paid": "no", "paid.comment": "Next week", "why": "No {answer} cash"}
    (finding,) = assessed(PAID, WHY, answers=answers).findings
    assert finding.text == "Answer No, Next week, No {answer} cash."
    assert finding.action == "Pay within – days."
    assert (finding.question, finding.rule, finding.severity) == ("paid", 0, "critical")
    assert (finding.areas, finding.norm, finding.points) == (("wages",), ("oecd_dd",), 8)


def test_without_words_a_dash_stands() -> None:
    (finding,) = assessed(PAID, WHY, answers={"paid": "no"}).findings
    assert finding.text == "Answer No, –, –."


@pytest.mark.parametrize("answers", [{"paid": "yes"}, {}, {"paid": ""}])
def test_a_good_or_missing_answer_gives_no_finding(answers: dict[str, str]) -> None:
    assert assessed(PAID, WHY, answers=answers).findings == ()


def test_answers_to_hidden_questions_count_nothing() -> None:
    hidden = question(
        "hidden", rule({"eq": "no"}, 5, severity="high"), visible_if={"q": "paid", "eq": "no"}
    )
    assessment = assessed(PAID, hidden, answers={"paid": "yes", "hidden": "no"})
    assert assessment.findings == ()


def test_a_rule_without_severity_gives_points_but_no_finding() -> None:
    assessment = assessed(question("q", rule({"eq": "no"}, 2)), answers={"q": "no"})
    assert assessment.findings == ()
    assert _gap(assessment, "wages") == (2, 2, 100, "very_high")


def test_red_flags_carry_the_code_and_the_question() -> None:
    assessment = assessed(PAID, answers={"paid": "no"})
    (flag,) = assessment.red_flags
    assert (flag.code, flag.source) == ("severe_abuse_unremedied", "answer paid")


@pytest.mark.parametrize(
    ("question_id", "severity", "code"),
    [
        ("any_question", "high", "serious_breach_declared"),
        ("any_question", "critical", "severe_abuse_unremedied"),
        ("coc_acceptance", "high", "refuses_code_or_audit"),
        ("coc_corruption_cases", "high", "sanction_or_conviction"),
        ("lab_child_found", "high", "severe_abuse_in_remedy"),
    ],
)
def test_the_flag_follows_from_severity_or_question(
    question_id: str, severity: str, code: str
) -> None:
    asked = question(question_id, rule({"eq": "no"}, 8, severity=severity, red_flag=True))
    (flag,) = assessed(asked, answers={question_id: "no"}).red_flags
    assert flag.code == code


def test_not_known_is_an_information_gap_at_half_the_worst() -> None:
    asked = question("q", rule({"eq": "no"}, 8, severity="high"), allow_unknown=True)
    assessment = assessed(asked, answers={"q": "unknown"})
    (finding,) = assessment.findings
    assert (finding.rule, finding.severity, finding.areas) == (None, "low", ("transparency",))
    assert finding.text == "The supplier does not know: Question q?"
    assert _gap(assessment, "wages") == (4, 8, 50, "high")


def test_a_rule_of_its_own_for_not_known_decides() -> None:
    asked = question("q", rule({"eq": "unknown"}, 2, severity="low"), allow_unknown=True)
    (finding,) = assessed(asked, answers={"q": "unknown"}).findings
    assert (finding.rule, finding.text) == (0, "F")


def _gap(assessment: Assessment, area: str) -> tuple[float, float, float | None, str | None]:
    gaps = {gap.area: gap for gap in assessment.gaps}
    return (gaps[area].points, gaps[area].max_points, gaps[area].percent, gaps[area].band)


def _three(worst: str, middling: str, fine: str) -> Assessment:
    """The worked example: worst rules of 8, 4 and 4 points on wages."""
    middle = [rule({"eq": "no"}, 4), rule({"eq": "most"}, 2)]
    return assessed(
        question("one", rule({"eq": "no"}, 8)),
        question("two", *middle, type="single", options=_options("yes", "most", "no")),
        question("three", rule({"eq": "no"}, 4)),
        answers={"one": worst, "two": middling, "three": fine},
    )


def _options(*ids: str) -> list[dict[str, str]]:
    return [{"id": each, "label": each} for each in ids]


def test_the_gap_is_the_share_of_the_points_at_stake() -> None:
    assert _gap(_three("no", "most", "yes"), "wages") == (10, 16, 62.5, "high")


def test_an_area_that_was_not_asked_about_is_not_assessed() -> None:
    assert _gap(_three("no", "most", "yes"), "osh") == (0, 0, None, None)


def test_credits_lower_a_gap_to_zero_at_most() -> None:
    praised = question("q", rule({"eq": "yes"}, -3), rule({"eq": "no"}, 2))
    assert _gap(assessed(praised, answers={"q": "yes"}), "wages") == (-3, 2, 0, "low")


@pytest.mark.parametrize(
    ("severity", "red_flag", "band"),
    [("critical", True, "very_high"), ("high", True, "high"), ("high", False, "medium")],
)
def test_a_grave_finding_lifts_its_area(severity: str, red_flag: bool, band: str) -> None:
    grave = question("q", rule({"eq": "no"}, 1, severity=severity, red_flag=red_flag))
    others = [question(f"q{n}", rule({"eq": "no"}, 10)) for n in range(5)]
    answers = {"q": "no"} | {f"q{n}": "yes" for n in range(5)}
    assert _gap(assessed(grave, *others, answers=answers), "wages")[3] == band


def test_choices_add_up_where_several_rules_can_match() -> None:
    many = question(
        "q",
        rule({"contains": "a"}, 4),
        rule({"contains": "b"}, 3),
        type="multi",
        options=_options("a", "b", "c"),
    )
    assert _gap(assessed(many, answers={"q": ["a", "b"]}), "wages") == (7, 7, 100, "very_high")
    assert _gap(assessed(many, answers={"q": ["c"]}), "wages") == (0, 7, 0, "low")


def test_shipped_questionnaires_find_what_is_said() -> None:
    labour = LIBRARY["labour_rights"]
    answers: dict[str, Value] = {
        "lab_min_age": 12,
        "lab_child_found": "yes",
        "lab_child_remedy": "Back in school",
    }
    found = {one.question: one for one in assess([labour], answers, HIGH, SCORING).findings}
    assert found["lab_min_age"].text == "The supplier employs people from the age of 12 years."
    assert found["lab_child_found"].text == "Child labour has been found: Back in school"
    assert found["lab_child_found"].red_flag == "severe_abuse_in_remedy"
