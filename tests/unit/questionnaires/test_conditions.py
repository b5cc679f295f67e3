"""Every operator, with what holds and what does not."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from portal.questionnaires.answers import Context
from portal.questionnaires.conditions import Condition, holds, leaves
from portal.questionnaires.strict import tuples

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
CONTEXT = Context(
    values={"supplier.inherent_risk": "high", "agreement.min_hourly_rate": 220.5},
    country_bands={"CN": "very_high", "NO": "low", "VN": "high"},
    today=date(2026, 11, 21),
)
CERTIFICATES = [
    {"id": "iso", "held": "yes", "file": "a.pdf", "expires_on": "2027-01-01"},
    {"id": "emas", "held": "yes", "expires_on": "2025-01-01"},
    {"id": "other", "held": "no"},
]
WORKFORCE = [{"id": "permanent", "total": 60, "women": 20}, {"id": "agency", "total": 40}]
ANSWERS = {
    "one": "yes",
    "many": ["a", "b"],
    "hours": 48,
    "share": 12.5,
    "nothing": "",
    "empty": [],
    "unsure": "unknown",
    "countries": ["NO", "VN"],
    "sites": [{"id": "1", "country": "NO"}, {"id": "2", "country": "CN"}],
    "certificates": CERTIFICATES,
    "workforce": WORKFORCE,
}


def check(data, own=None):
    return holds(CONDITION.validate_python(tuples(data)), ANSWERS, CONTEXT, own)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"q": "one", "eq": "yes"}, True),
        ({"q": "one", "eq": "no"}, False),
        ({"q": "one", "in": ["no", "yes"]}, True),
        ({"q": "one", "in": ["no"]}, False),
        ({"q": "one", "not_in": ["no"]}, True),
        ({"q": "one", "not_in": ["yes"]}, False),
        ({"q": "hours", "eq": 48}, True),
        ({"q": "hours", "lt": 48}, False),
        ({"q": "hours", "lte": 48}, True),
        ({"q": "hours", "gt": 47.5}, True),
        ({"q": "hours", "gte": 48.5}, False),
        ({"q": "hours", "gt": 40, "lte": 50}, True),
        ({"q": "hours", "gt": 40, "lt": 45}, False),
        ({"q": "unsure", "gt": 0}, False),
        ({"q": "one", "answered": True}, True),
        ({"q": "one", "answered": False}, False),
        ({"q": "nothing", "answered": True}, False),
        ({"q": "empty", "answered": False}, True),
        ({"q": "missing", "answered": False}, True),
        ({"q": "missing", "answered": False, "eq": "x"}, False),
        ({"q": "hours", "answered": True, "gt": 50}, False),
        ({"q": "many", "contains": "a"}, True),
        ({"q": "many", "contains": "c"}, False),
        ({"q": "unsure", "contains": "know"}, False),
        ({"q": "many", "contains_any": ["c", "b"]}, True),
        ({"q": "many", "contains_any": ["c"]}, False),
        ({"q": "many", "only": ["b", "a"]}, True),
        ({"q": "many", "only": ["a"]}, False),
        ({"q": "countries", "country_risk_gte": "high"}, True),
        ({"q": "countries", "country_risk_gte": "very_high"}, False),
        ({"q": "countries", "country_risk_eq": "low"}, True),
        ({"q": "countries", "country_risk_eq": "medium"}, False),
        ({"q": "sites", "country_risk_gte": "very_high"}, True),
        ({"q": "share", "lt_ctx": "agreement.min_hourly_rate"}, True),
        ({"q": "share", "lt_ctx": "agreement.unknown"}, False),
        ({"q": "share", "lt_ctx": "supplier.inherent_risk"}, False),
        ({"ctx": "supplier.inherent_risk", "in": ["high", "very_high"]}, True),
        ({"ctx": "supplier.inherent_risk", "eq": "low"}, False),
        ({"ctx": "supplier.country_risk", "eq": "low"}, False),
        ({"q": "certificates", "any_row": {"held": "no"}}, True),
        ({"q": "certificates", "any_row": {"held": "no", "id": "iso"}}, False),
        ({"q": "certificates", "any_row": {"held": ["maybe", "no"]}}, True),
        ({"q": "certificates", "any_row": {"all": [{"held": "yes"}, {"file": "missing"}]}}, True),
        ({"q": "certificates", "any_row": {"held": "yes", "expires_on": "past"}}, True),
        ({"q": "certificates", "any_row": {"id": "iso", "expires_on": "past"}}, False),
        ({"q": "certificates", "any_row": {"any": [{"held": "x"}, {"id": "iso"}]}}, True),
        ({"q": "certificates", "any_row": {"id": "iso", "not": {"held": "yes"}}}, False),
        ({"q": "certificates", "row": {"id": "iso", "held": "yes", "valid": True}}, True),
        ({"q": "certificates", "row": {"id": "emas", "held": "yes", "valid": True}}, False),
        ({"q": "certificates", "row_in": {"ids": ["emas"], "col": "held", "eq": "yes"}}, True),
        ({"q": "certificates", "row_in": {"ids": ["other"], "col": "held", "eq": "yes"}}, False),
        ({"q": "certificates", "any_cell": {"col": "held", "eq": "no"}}, True),
        ({"q": "certificates", "any_cell": {"col": "held", "eq": "maybe"}}, False),
        ({"q": "sites", "any_row": {"country_risk_gte": "very_high"}}, True),
        ({"q": "sites", "any_row": {"country_risk_gte": "high", "id": "1"}}, False),
        ({"q": "workforce", "ratio": {"of": "agency.total", "to": "total", "gt": 0.3}}, True),
        ({"q": "workforce", "ratio": {"of": "agency.total", "to": "total", "gt": 0.4}}, False),
        ({"q": "workforce", "ratio": {"of": "agency.women", "to": "women", "gt": 0}}, False),
        ({"q": "one", "any_row": {"held": "no"}}, False),
        ({"all": [{"q": "one", "eq": "yes"}, {"q": "hours", "gt": 40}]}, True),
        ({"all": [{"q": "one", "eq": "yes"}, {"q": "hours", "gt": 50}]}, False),
        ({"any": [{"q": "one", "eq": "no"}, {"q": "hours", "gt": 40}]}, True),
        ({"any": [{"q": "one", "eq": "no"}, {"q": "hours", "gt": 50}]}, False),
        ({"not": {"q": "one", "eq": "no"}}, True),
    ],
)
def test_operator(condition, expected):
    assert check(condition) is expected


@pytest.mark.parametrize(
    "test",
    [
        {"eq": "x"},
        {"not_in": ["x"]},
        {"lt": 1},
        {"contains": "x"},
        {"only": []},
        {"country_risk_gte": "low"},
        {"any_row": {"a": "b"}},
    ],
)
def test_of_an_answer_that_is_not_there_nothing_holds_but_its_contrary(test):
    assert not check({"q": "missing", **test})
    assert check({"not": {"q": "missing", **test}})


def test_without_operand_the_own_answer_is_meant():
    assert check({"eq": "yes"}, own="one")
    assert not check({"eq": "yes"}, own="unsure")


def test_leaves_are_found_at_any_depth():
    data = {
        "all": [
            {"q": "a", "eq": "1"},
            {"not": {"any": [{"q": "b", "gt": 1}, {"ctx": "c.d", "eq": 1}]}},
        ]
    }
    condition = CONDITION.validate_python(tuples(data))
    assert [leaf.q for leaf in leaves(condition)] == ["a", "b", None]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"q": "a"},
        {"q": "a", "ctx": "b", "eq": "c"},
        {"q": "a", "like": "c"},
        {"all": []},
        {"all": [{"q": "a", "eq": "x"}], "any": [{"q": "a", "eq": "x"}]},
        {"q": "a", "any_row": {}},
        {"q": "a", "lt": "5"},
    ],
)
def test_what_is_no_condition_is_refused(data):
    with pytest.raises(ValidationError):
        CONDITION.validate_python(tuples(data))


def test_a_condition_survives_as_data():
    data = {"not": {"q": "a", "any_row": {"held": ["x", "y"], "not": {"file": "missing"}}}}
    condition = CONDITION.validate_python(tuples(data))
    again = CONDITION.dump_python(condition, mode="json", by_alias=True, exclude_defaults=True)
    assert CONDITION.validate_python(tuples(again)) == condition
