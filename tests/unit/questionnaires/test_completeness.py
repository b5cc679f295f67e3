"""What lacks before a questionnaire can be signed."""

import pytest

from portal.questionnaires.answers import Context
from portal.questionnaires.completeness import lacking, missing
from portal.questionnaires.schema import Question
from portal.questionnaires.strict import tuples
from tests.library import LIBRARY

CONTEXT = Context()


def make(kind, **more):
    data = {"id": "q", "type": kind, "tier": "core", "required": True, "text": "T", "norm": ["x"]}
    return Question.model_validate(tuples({**data, **more}))


def lacks(question, answers, files=()):
    return [(each.name, each.code) for each in lacking(question, answers, CONTEXT, files)]


@pytest.mark.parametrize(
    ("vs", "reporting", "expected"),
    [("B8", True, ["required"]), (None, True, []), (None, False, ["required"])],
)
def test_for_reporting_only_the_standards_questions_must_be_answered(vs, reporting, expected):
    context = Context(reporting=reporting)
    found = lacking(make("yes_no", vs=vs), {}, context)
    assert [each.code for each in found] == expected


COLUMNS = [
    {"id": "a", "type": "text", "label": "A", "required": True},
    {"id": "b", "type": "text", "label": "B", "required_if": {"a": "x"}},
]
FIXED = {"rows": [{"id": "r", "label": "R"}, {"id": "s", "label": "S"}], "columns": COLUMNS}


@pytest.mark.parametrize(
    ("question", "answers", "files", "expected"),
    [
        (make("yes_no"), {}, (), [("q", "required")]),
        (make("yes_no"), {"q": "no"}, (), []),
        (make("yes_no", required=False), {}, (), []),
        (make("number"), {"q": 0}, (), []),
        (make("file"), {}, (), [("q", "required")]),
        (make("file"), {}, {"q"}, []),
        (make("file"), {"q": ["a.pdf"]}, (), []),
        (
            make("text", evidence={"mode": "required"}),
            {"q": "x"},
            (),
            [("q.file", "file_required")],
        ),
        (make("text", evidence={"mode": "required"}), {"q": "x"}, {"q"}, []),
        (make("text", evidence={"mode": "requested"}), {"q": "x"}, (), []),
        (
            make("yes_no", comment_required_if={"eq": "no"}),
            {"q": "no"},
            (),
            [("q.comment", "comment_required")],
        ),
        (make("yes_no", comment_required_if={"eq": "no"}), {"q": "no", "q.comment": "x"}, (), []),
        (make("yes_no", comment_required_if={"eq": "no"}), {"q": "yes"}, (), []),
        (
            make("matrix", **FIXED),
            {"q": [{"id": "r", "a": "x"}]},
            (),
            [("q.r.b", "required"), ("q.s.a", "required")],
        ),
        (make("matrix", **FIXED, required=False), {"q": [{"id": "r", "a": "y"}]}, (), []),
        (
            make("matrix", rows="dynamic", columns=COLUMNS, min_rows=2),
            {"q": [{"id": "0", "b": "z"}]},
            (),
            [("q", "too_few_rows"), ("q.0.a", "required")],
        ),
        (make("matrix", **FIXED, allow_unknown=True), {"q": "unknown"}, (), []),
    ],
)
def test_what_lacks(question, answers, files, expected):
    assert lacks(question, answers, files) == expected


def test_hidden_questions_lack_nothing_and_shown_ones_are_named_in_order():
    conduct = LIBRARY["supplier_code_of_conduct"]
    nothing = missing([conduct], {}, Context(short_form=True))
    assert nothing[0] == "coc_acceptance"
    assert "coc_reservations" not in nothing
    some = missing([conduct], {"coc_acceptance": "reservations"}, Context(short_form=True))
    assert some[0] == "coc_reservations"


def test_optional_questions_never_lack():
    profile = LIBRARY["company_profile"]
    assert "prf_own_law" not in missing([profile], {}, CONTEXT)
