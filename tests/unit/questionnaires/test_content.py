"""The questionnaires that are shipped."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.questionnaires.answers import Context
from portal.questionnaires.estimate import estimate
from portal.questionnaires.texts import (
    fingerprint,
    from_data,
    frozen_texts,
    frozen_translator,
    localized,
    messages,
    to_data,
)
from portal.questionnaires.visibility import visible
from tests.library import LIBRARY
from tests.unit.questionnaires.reaching import answers_that_show

SHIPPED = list(LIBRARY)
QUESTIONS = [question for questionnaire in LIBRARY for question in questionnaire.questions()]
HIGH = Context(values={"supplier.inherent_risk": "very_high", "supplier.country_risk": "high"})
LOW = Context(values={"supplier.inherent_risk": "low", "supplier.country_risk": "low"})


def value_of(question):
    """A strategy for answers to `question`, sensible ones mostly."""
    choices = question.choices()
    match question.type:
        case "multi":
            return st.lists(st.sampled_from(choices), unique=True)
        case "number" | "percent":
            return st.integers(0, 100)
        case "country_list":
            return st.lists(st.sampled_from(["NO", "CN"]), unique=True)
        case "matrix":
            return st.just([{"id": "0", "identity": "listed"}])
    return st.sampled_from(choices) if choices else st.text(max_size=3)


def answers_to(questions):
    return st.fixed_dictionaries({}, optional={each.id: value_of(each) for each in questions})


def test_they_are_asked_in_order():
    assert list(LIBRARY.questionnaires) == [
        "company_profile",
        "supplier_code_of_conduct",
        "labour_rights",
        "conflict_minerals_3tg",
        "norway_pay_conditions",
        "environment_certificates",
        "human_biological_material",
        "agreement_owner_status",
        "prescreen",
    ]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_question_can_be_reached(question):
    assert question in visible(LIBRARY, answers_that_show(question, LIBRARY), HIGH)


@pytest.mark.parametrize("questionnaire", SHIPPED, ids=lambda each: each.id)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_hidden_answers_never_matter(questionnaire, data):
    questions = list(questionnaire.questions())
    answers = data.draw(answers_to(questions))
    context = data.draw(st.sampled_from([HIGH, LOW, Context(short_form=True)]))
    shown = visible([questionnaire], answers, context)
    assert shown.answers.keys() <= shown.ids
    assert visible([questionnaire], shown.answers, context) == shown
    other = data.draw(answers_to([each for each in questions if each not in shown]))
    assert visible([questionnaire], {**answers, **other}, context) == shown


@pytest.mark.parametrize("questionnaire", SHIPPED, ids=lambda each: each.id)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_no_page_shows_more_than_eight_questions(questionnaire, data):
    answers = data.draw(answers_to(list(questionnaire.questions())))
    shown = visible([questionnaire], answers, HIGH)
    assert max(len(shown.of(section)) for section in questionnaire.sections) <= 8


def test_all_four_metals_in_scope_keep_to_eight_questions_a_page():
    minerals = LIBRARY["conflict_minerals_3tg"]
    metals = {f"cm_q{n}_{metal}": "yes" for n in (1, 2) for metal in ("ta", "sn", "au", "w")}
    shown = visible([minerals], metals, LOW)
    assert [len(shown.of(section)) for section in shown.sections(minerals)] == [
        2, 8, 7, 7, 7, 7, 3, 4, 3,
    ]  # fmt: skip


def test_without_metals_three_pages_are_left():
    minerals = LIBRARY["conflict_minerals_3tg"]
    none = {f"cm_q1_{metal}": "no" for metal in ("ta", "sn", "au", "w")}
    shown = visible([minerals], none, LOW)
    assert [section.id for section in shown.sections(minerals)] == [
        "start",
        "metals",
        "authorisation",
    ]


def test_a_small_software_firm_gets_the_short_form():
    answers = {"prf_headcount": "n1_9", "prf_role": ["software"], "lab_groups": ["none"]}
    assert LIBRARY.short_form(answers, LOW)
    assert not LIBRARY.short_form(answers, HIGH)
    assert not LIBRARY.short_form({"prf_headcount": "n10_49"}, LOW)
    shown = visible(LIBRARY, answers, Context(short_form=True, values=LOW.values))
    labour = shown.of(LIBRARY["labour_rights"])
    assert len(labour) == 16
    assert {question.tier for question in labour} == {"core"}


def test_a_factory_with_migrants_is_asked_about_recruitment():
    answers = {
        "prf_headcount": "n250_999",
        "lab_groups": ["migrant", "agency", "night", "housing", "chemicals"],
        "lab_fee_payer": "worker",
        "lab_deaths": 0,
    }
    shown = visible([LIBRARY["labour_rights"]], answers, HIGH)
    recruitment = LIBRARY["labour_rights"].section("recruitment")
    assert [question.id for question in shown.of(recruitment)] == [
        "lab_fee_payer",
        "lab_fee_repaid",
        "lab_agents_licensed",
        "lab_migrant_terms",
        "lab_housing_ok",
    ]
    assert {"lab_night_care", "lab_chemicals"} <= shown.ids
    assert not {"lab_deaths_detail", "lab_prison_terms", "lab_security_guards"} & shown.ids


MAIN = [LIBRARY[name] for name in ("company_profile", "supplier_code_of_conduct", "labour_rights")]


def test_six_people_who_write_software_get_at_most_36_questions():
    answers = {
        "prf_headcount": "n1_9",
        "prf_role": ["software"],
        "coc_acceptance": "accept",
        "coc_incidents": "no",
        "lab_groups": ["none"],
        "lab_min_age": 18,
        "lab_child_found": "no",
        "lab_deaths": 0,
    }
    asked = estimate(MAIN, Context(short_form=True, values=LOW.values), answers)
    assert 25 <= asked.questions <= 36


def test_a_factory_with_migrants_at_high_risk_gets_about_75_questions():
    answers = {
        "prf_headcount": "n250_999",
        "prf_role": ["producer"],
        "prf_own_law": ["other"],
        "coc_acceptance": "accept",
        "coc_salient": ["osh"],
        "coc_cascade": "asked",
        "coc_incidents": "yes",
        "lab_groups": ["migrant", "agency", "under18", "night", "housing", "chemicals", "security"],
        "lab_min_age": 16,
        "lab_child_found": "no",
        "lab_fee_payer": "worker",
        "lab_deaths": 0,
    }
    assert not LIBRARY.short_form(answers, HIGH)
    asked = estimate([*MAIN, LIBRARY["environment_certificates"]], HIGH, answers)
    assert 70 <= asked.questions <= 82


def test_extended_questions_are_for_high_inherent_risk():
    answers = {"lab_groups": ["security"]}
    assert "lab_security_guards" in visible(LIBRARY, answers, HIGH).ids
    assert "lab_security_guards" not in visible(LIBRARY, answers, LOW).ids


def test_a_comment_goes_with_its_question():
    answers = {
        "coc_acceptance": "accept",
        "coc_acceptance.comment": "gladly",
        "coc_reservations": "left over",
        "coc_reservations.comment": "left over",
    }
    shown = visible(LIBRARY, answers, LOW)
    assert shown.answers == {"coc_acceptance": "accept", "coc_acceptance.comment": "gladly"}


def test_yes_on_a_risk_area_alone_is_never_marked_down():
    for question in QUESTIONS:
        if question.id.startswith(("cm_q3_", "cm_q4_")):
            assert [rule.when.eq for rule in question.risk] == ["unknown"]


def test_every_norm_of_the_catalogue_is_used():
    assert {norm for question in QUESTIONS for norm in question.norm} == set(LIBRARY.norms)


def test_the_scoring_knows_every_area():
    assert all(LIBRARY.scoring.to_risk_model.topic(area) for area in LIBRARY.areas)


@pytest.mark.parametrize("questionnaire", SHIPPED, ids=lambda each: each.id)
def test_a_questionnaire_survives_as_json(questionnaire):
    again = from_data(json.loads(json.dumps(to_data(questionnaire))))
    assert again == questionnaire
    assert fingerprint(again) == fingerprint(questionnaire)


def test_the_fingerprint_sees_every_change():
    first, second, *_ = LIBRARY
    changed = localized(first, lambda context, text: text.replace("registered", "Registered"))
    assert len({fingerprint(each) for each in (first, second, changed)}) == 3


@pytest.mark.parametrize("questionnaire", SHIPPED, ids=lambda each: each.id)
def test_translation_reaches_every_text(questionnaire):
    shouted = localized(questionnaire, lambda _, text: text.upper())
    before = [(message.context, message.text.upper()) for message in messages(questionnaire)]
    assert [(message.context, message.text) for message in messages(shouted)] == before
    data = json.dumps(to_data(questionnaire), ensure_ascii=False)
    for message in messages(questionnaire):
        assert json.dumps(message.text, ensure_ascii=False) in data


def test_the_context_of_a_text_is_the_question():
    found = {(message.context, message.text) for message in messages(LIBRARY["labour_rights"])}
    assert ("lab_groups", "None of these") in found
    assert ("recruitment", "Recruitment and housing") in found
    assert ("labour_rights", "Labour rights and decent work") in found
    assert ("lab_peak_hours", "hours per week") in found


def test_what_only_a_buyer_reads_can_be_left_out():
    labour = LIBRARY["labour_rights"]
    for_suppliers = {message.text for message in messages(labour, supplier_only=True)}
    everything = {message.text for message in messages(labour)}
    finding = "Workers' papers are held by others."
    assert finding in everything - for_suppliers


def test_frozen_texts_give_the_translation_seen():
    profile = LIBRARY["company_profile"]
    frozen = frozen_texts(profile, {"nb": lambda _, text: f"nb {text}", "en": lambda _, text: text})
    frozen = json.loads(json.dumps(frozen))
    assert frozen["en"] == {}
    assert localized(profile, frozen_translator(frozen, "nb")).title == "nb Company profile"
    assert localized(profile, frozen_translator(frozen, "sv")) == profile
