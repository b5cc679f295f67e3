"""Checks across answers, by dictionaries."""

from pathlib import Path

import pytest

from portal.questionnaires import loader
from portal.questionnaires.answers import Context
from portal.questionnaires.consistency import Checks, check_faults, contradictions
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.loader import load_library
from portal.questionnaires.strict import tuples
from portal.questionnaires.visibility import visible
from tests.library import LIBRARY

QUESTIONS = {question.id: question for each in LIBRARY for question in each.questions()}
HIGH = {"supplier.inherent_risk": "high", "supplier.country_risk": "high"}
TIN = {"cm_q1_sn": "yes", "cm_q2_sn": "yes"}


def found(answers, *, asked=tuple(LIBRARY.questionnaires), values=None):
    """Return the questions behind each check that the answers do not pass."""
    questionnaires = [LIBRARY[each] for each in asked]
    context = Context(values=HIGH if values is None else values)
    shown = visible(questionnaires, answers, context)
    doubts = contradictions(LIBRARY.checks, questionnaires, shown, context)
    return {doubt.check.id: doubt.questions for doubt in doubts}


@pytest.mark.parametrize(
    ("answers", "doubts"),
    [
        ({}, {}),
        (
            {"lab_peak_hours": 40, "lab_normal_hours": 48},
            {"hours_order": ("lab_peak_hours", "lab_normal_hours")},
        ),
        (
            {"lab_peak_hours": 90, "lab_normal_hours": 48, "lab_rest_day": "yes"},
            {"rest_and_hours": ("lab_peak_hours", "lab_rest_day")},
        ),
        (
            {"prf_role": ["producer"], "lab_peak_hours": 40, "lab_normal_hours": 40.0},
            {"no_peak": ("lab_peak_hours", "lab_normal_hours", "prf_role")},
        ),
        (
            {"lab_workforce": [{"id": "agency", "total": 3}], "lab_groups": ["none"]},
            {"agency_workers": ("lab_workforce", "lab_groups")},
        ),
        ({"lab_workforce": [{"id": "agency", "total": 3}], "lab_groups": ["agency"]}, {}),
        ({"lab_workforce": [{"id": "agency", "total": 0}], "lab_groups": ["none"]}, {}),
        (
            {"lab_min_age": 16, "lab_groups": ["none"]},
            {"young_workers": ("lab_min_age", "lab_groups")},
        ),
        (
            {"lab_injuries": 0, "prf_headcount": "n1000_4999", "lab_groups": ["chemicals"]},
            {"zero_injuries": ("lab_injuries", "prf_headcount", "lab_groups")},
        ),
        (
            {**TIN, "cm_q7_sn": "yes", "cm_q6_sn": "p75"},
            {"smelters_known": ("cm_q7_sn", "cm_q6_sn")},
        ),
        (
            {
                **TIN,
                "cm_q7_sn": "yes",
                "cm_smelters_sn": [{"id": "0", "identity": "not_identified"}],
            },
            {"smelter_unidentified": ("cm_q7_sn", "cm_smelters_sn")},
        ),
        (
            {**TIN, "cm_q3_sn": "yes", "cm_q4_sn": "no", "cm_q7_sn": "no"},
            {"origin_unknowable": ("cm_q4_sn", "cm_q7_sn")},
        ),
        (
            {**TIN, "cm_q5_sn": "yes", "cm_smelters_sn": [{"id": "0", "recycled": "no"}]},
            {"all_recycled": ("cm_q5_sn", "cm_smelters_sn")},
        ),
    ],
)
def test_answers_that_do_not_fit_together_are_found(answers, doubts):
    assert found(answers) == doubts


def test_a_hidden_answer_is_no_reason_to_ask():
    assert found({"cm_q7_sn": "yes", "cm_q6_sn": "p75"}) == {}


def test_a_check_applies_only_where_all_its_questions_are_asked():
    answers = {"prf_role": ["producer"], "lab_peak_hours": 40, "lab_normal_hours": 40}
    assert "no_peak" in found(answers)
    assert found(answers, asked=["labour_rights"]) == {}


def test_what_the_portal_does_not_know_is_no_reason_to_ask():
    answers = {"prf_role": ["producer"], "lab_peak_hours": 40, "lab_normal_hours": 40}
    assert found(answers, values={}) == {}


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ({"q": "lab_nothing", "eq": 1}, "a condition speaks of 'lab_nothing'"),
        ({"q": "lab_peak_hours", "lt_q": "lab_nothing"}, "a condition speaks of 'lab_nothing'"),
        ({"q": "lab_rest_day", "eq": "maybe"}, "'maybe' is not an option of 'lab_rest_day'"),
        ({"q": "lab_rest_day", "lt_q": "lab_peak_hours"}, "cannot be said of 'lab_rest_day'"),
        ({"q": "lab_workforce", "any_row": {"id": "nobody"}}, "has no row 'nobody'"),
        ({"ctx": "supplier.inherent_risk", "eq": "high"}, "it speaks of no question"),
        (
            {"all": [{"q": "lab_peak_hours", "gt": 1}, {"ctx": "supplier.mood", "eq": "high"}]},
            "the portal does not know 'supplier.mood'",
        ),
    ],
)
def test_a_check_that_leads_nowhere_is_named(when, sentence):
    faults = list(check_faults(_checks(when), QUESTIONS))
    assert [place for place, _ in faults] == ["check odd"]
    assert sentence in faults[0][1]


def test_an_id_used_twice_is_named():
    twice = _checks({"q": "lab_peak_hours", "gt": 1}, {"q": "lab_peak_hours", "gt": 2})
    assert list(check_faults(twice, QUESTIONS)) == [("check odd", "the id is used twice")]


def test_the_fault_names_file_and_check(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loader, "load_checks", lambda: _checks({"q": "lab_nothing", "eq": 1}))
    with pytest.raises(
        FaultyQuestionnaire, match=r"^consistency_checks.yaml: check odd: .*nothing"
    ):
        load_library()


def test_an_unknown_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "catalogues"
    folder.mkdir()
    (folder / loader.CHECKS).write_text(
        'format: portal-consistency/1\nchecks:\n  - {id: odd, level: clarify, mood: "x", '
        'text: "T", when: {q: lab_peak_hours, gt: 1}}\n'
    )
    monkeypatch.setattr(loader, "CONTENT", tmp_path)
    with pytest.raises(FaultyQuestionnaire, match=r"mood: this key is not known"):
        loader.load_checks()


def _checks(*conditions):
    checks = [{"id": "odd", "level": "clarify", "when": each, "text": "T"} for each in conditions]
    return Checks.model_validate(tuples({"format": "portal-consistency/1", "checks": checks}))
