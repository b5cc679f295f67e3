"""What a campaign that repeats an earlier one takes over."""

from __future__ import annotations

from datetime import date

import pytest

from portal.campaigns.again import Change, again, raised
from portal.campaigns.models import Campaign, FrozenQuestionnaire
from tests.library import LIBRARY


@pytest.mark.parametrize(
    ("title", "years", "expected"),
    [
        ("Yearly declaration 2026", 1, "Yearly declaration 2027"),
        ("Self-declaration 2025/26", 1, "Self-declaration 2026/27"),
        ("Self-declaration 2025–2026", 2, "Self-declaration 2027–2028"),
        ("Round 2026-11", 1, "Round 2027-11"),
        ("Turn of 1999/00", 1, "Turn of 2000/01"),
        ("Labour rights", 1, "Labour rights"),
        ("Order 120267", 1, "Order 120267"),
    ],
)
def test_the_years_in_the_title_are_raised(title: str, years: int, expected: str) -> None:
    assert raised(title, years) == expected


def test_the_newest_versions_are_asked_and_the_changes_named() -> None:
    newest = LIBRARY["labour_rights"].version
    asked = [
        FrozenQuestionnaire(questionnaire_id="labour_rights", version="0.1.0"),
        FrozenQuestionnaire(questionnaire_id="gone", version="1.0.0"),
    ]
    campaign = Campaign(title="Round 2024", deadline=date(2024, 2, 29))
    found = again(campaign, asked, LIBRARY, date(2024, 6, 1))
    assert found.questionnaires == ("labour_rights",)
    assert found.changes == (Change("labour_rights", "0.1.0", newest), Change("gone", "1.0.0"))
    assert (found.title, found.deadline) == ("Round 2025", date(2025, 2, 28))


def test_the_deadline_lies_ahead() -> None:
    campaign = Campaign(title="Round 2023", deadline=date(2023, 12, 1))
    found = again(campaign, [], LIBRARY, date(2026, 11, 21))
    assert (found.title, found.deadline) == ("Round 2026", date(2026, 12, 1))
