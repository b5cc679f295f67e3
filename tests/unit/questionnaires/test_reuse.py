"""What of an earlier answer can be proposed again."""

import pytest

from portal.questionnaires.reuse import reusable
from tests.library import LIBRARY

ONCE_ONLY = {
    "coc_acceptance",
    "coc_no_retaliation",
    "coc_will_notify",
    "coc_access",
    "coc_incidents",
    "coc_corruption_cases",
    "lab_child_found",
    "lab_deaths",
    "lab_injuries",
    "lab_inspection",
    "lab_complaints",
    "lab_peak_hours",
    "lab_documents_kept",
    "lab_money_ties",
    "lab_bad_practices",
    "env_incident",
}


def question(question_id):
    found = LIBRARY.question(question_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question_id", "earlier", "proposed"),
    [
        ("prf_legal_name", "Sample AS, 123", "Sample AS, 123"),
        ("prf_headcount", "n10_49", "n10_49"),
        ("prf_headcount", "n10_99", None),
        ("prf_role", ["producer", "service"], ["producer", "service"]),
        ("prf_role", ["producer", "magician"], None),
        ("prf_countries_upstream", ["NO", "CN"], ["NO", "CN"]),
        ("prf_countries_upstream", "unknown", None),
        ("lab_min_age", 16, 16),
        ("lab_min_age", 60, None),
        (
            "prf_sites",
            [{"id": "0", "country": "NO", "activity": "office", "gone": "x"}],
            [{"id": "0", "country": "NO", "activity": "office"}],
        ),
        ("prf_sites", [{"id": "0", "activity": "gone"}], None),
        ("lab_workforce", [{"id": "agency", "total": 3}, {"id": "robots", "total": 1}],
         [{"id": "agency", "total": 3}]),
        (
            "env_certificates",
            [{"id": "emas", "held": "yes", "expires_on": "2027-01-01", "file": "emas.pdf"}],
            [{"id": "emas", "held": "yes", "expires_on": "2027-01-01"}],
        ),
        ("coc_acceptance", "accept", None),
    ],
)  # fmt: skip
def test_what_still_answers_the_question_is_proposed(question_id, earlier, proposed):
    assert reusable(question(question_id), earlier) == proposed


def test_what_is_accepted_promised_or_has_happened_is_asked_each_year():
    reused = {each.id for one in LIBRARY for each in one.questions() if each.reuse}
    assert reused.isdisjoint(ONCE_ONLY)
    assert all(question(each).type != "file" for each in reused)


def test_the_whole_profile_and_the_certificates_are_proposed():
    assert all(each.reuse for each in LIBRARY["company_profile"].questions())
    assert question("env_certificates").reuse
