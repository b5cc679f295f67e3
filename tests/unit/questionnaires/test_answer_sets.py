"""One questionnaire for several agreements of one supplier."""

from portal.questionnaires.answer_sets import About, about_of, asked_id, context_values, sets
from portal.questionnaires.answers import Context
from portal.questionnaires.conditions import holds
from portal.questionnaires.visibility import visible
from tests.library import LIBRARY

PAY = LIBRARY["norway_pay_conditions"]
OWNER = LIBRARY["agreement_owner_status"]
CANTEEN = About(7, "agreement", "A-7", "Canteen", "Bergen", 220.5)
CLEANING = About(9, "agreement", "A-9", "Cleaning")
SERUM = About(3, "material", "M-3", "Serum")
ABOUT = (CANTEEN, CLEANING, SERUM)


def test_a_questionnaire_is_asked_once_for_each_agreement():
    first, second = sets(PAY, ABOUT)
    assert (first.id, second.id) == ("norway_pay_conditions__7", "norway_pay_conditions__9")
    assert first.title == f"{PAY.title} – Canteen"
    assert [asked_id(each.id) for each in first.questions()] == [q.id for q in PAY.questions()]
    assert about_of(second.id, ABOUT) is CLEANING
    assert about_of(PAY.id, ABOUT) is None


def test_what_is_about_the_supplier_is_asked_once():
    labour = LIBRARY["labour_rights"]
    assert list(sets(labour, ABOUT)) == [labour]
    assert list(sets(PAY, ())) == [PAY]


def test_answers_of_one_agreement_open_nothing_in_another():
    both = list(sets(PAY, ABOUT))
    shown = visible(both, {"nor_sector__7": "cleaning", "nor_sector__9": "other"}, Context())
    assert "nor_approved__7" in shown.ids
    assert "nor_approved__9" not in shown.ids


def test_each_agreement_has_its_own_least_pay():
    context = Context(values=context_values(ABOUT))
    answers = {"nor_lowest_hourly__7": 200, "nor_lowest_hourly__9": 200}
    low = [
        holds(each.question(name).risk[0].when, answers, context, name)
        for each, name in zip(sets(PAY, ABOUT), answers, strict=True)
    ]
    assert low == [True, False]


def test_a_finding_refers_to_the_answer_of_its_own_agreement():
    (owner,) = sets(OWNER, (CANTEEN,))
    texts = [rule.finding for rule in owner.question("fao_breaches__7").risk]
    assert all("{ref:fao_breach_detail__7}" in text for text in texts)


def test_the_copy_is_made_once():
    assert next(sets(PAY, ABOUT)) is next(sets(PAY, ABOUT))
