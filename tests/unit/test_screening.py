"""Where the answers to the short check lead."""

from portal.questionnaires.answers import Context
from portal.screening.routing import route
from tests.library import LIBRARY

CALM = {
    "pre_countries": ["NO"],
    "pre_category": ["none"],
    "pre_norway_work": "no",
    "pre_vulnerable": ["none"],
    "pre_subcontract": "own",
    "pre_incident": "no",
    "pre_code": "accept",
}


def way(changes=None, risk="low", bands=None):
    context = Context(values={"supplier.inherent_risk": risk}, country_bands=bands or {})
    return route(
        LIBRARY["prescreen"], CALM | (changes or {}), context, list(LIBRARY.questionnaires)
    )


def test_little_risk_is_done():
    found = way()
    assert (found.level, found.proposals, found.flags) == ("done", (), ())


def test_each_proposal_names_the_questions_behind_it():
    found = way({"pre_norway_work": "yes", "pre_category": ["metals"]})
    assert found.level == "send_modules"
    assert {each.questionnaire_id: each.because_of for each in found.proposals} == {
        "supplier_code_of_conduct": ("pre_category",),
        "conflict_minerals_3tg": ("pre_category",),
        "norway_pay_conditions": ("pre_norway_work",),
    }


def test_a_country_of_high_risk_calls_for_the_questions_on_labour():
    found = way({"pre_countries": ["CN"]}, bands={"CN": "high"})
    assert "labour_rights" in {each.questionnaire_id for each in found.proposals}


def test_a_red_flag_means_talking_first():
    found = way({"pre_incident": "yes", "pre_incident.comment": "A fine."})
    assert (found.level, found.flags) == ("talk_first", ("pre_incident",))


def test_declining_the_code_means_talking_first():
    assert way({"pre_code": "no"}).level == "talk_first"


def test_high_inherent_risk_is_never_done():
    found = way(risk="high")
    assert found.level == "send_modules"
    assert all(each.because_of == () for each in found.proposals)
    assert found.proposals
