"""The plan of reminders on the buyer's working days."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.campaigns.plan import DEFAULT_PLAN, Schedule, is_working_day


def schedule(plan: Sequence[int], deadline: date, country: str = "NO") -> Schedule:
    return Schedule(tuple(plan), deadline, "Europe/Oslo", country)


plans = st.lists(st.integers(-60, 60), min_size=1, max_size=8)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
countries = st.sampled_from(["NO", "SE", "US", "IL", "XX"])


def test_default_plan_lies_around_the_deadline() -> None:
    found = [(step.name, step.day) for step in schedule(DEFAULT_PLAN, date(2026, 12, 15)).steps()]
    assert found == [
        ("-14", date(2026, 12, 1)),
        ("-7", date(2026, 12, 8)),
        ("-2", date(2026, 12, 14)),  # the 13th is a Sunday
        ("3", date(2026, 12, 18)),
        ("10", date(2026, 12, 28)),  # the 25th is Christmas, the 26th and 27th a weekend
    ]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 5, 17), False),  # Constitution Day, a Monday
        (date(2027, 5, 18), True),
        (date(2027, 3, 25), False),  # Maundy Thursday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 3, 30), True),
        (date(2027, 4, 3), False),  # a Saturday
    ],
)
def test_norwegian_days_off(day: date, works: bool) -> None:
    assert is_working_day(day, "NO") is works


def test_country_without_known_holidays_rests_at_weekends() -> None:
    assert is_working_day(date(2026, 12, 25), "XX")
    assert not is_working_day(date(2026, 12, 26), "XX")


def test_step_over_easter_moves_to_the_tuesday_after() -> None:
    [step] = schedule([-7], date(2027, 4, 1)).steps()
    assert step.day == date(2027, 3, 30)


def test_step_that_would_slip_past_the_deadline_is_sent_before_the_holidays() -> None:
    # The deadline is Easter Monday; the two days before are the weekend, and so on back.
    [step] = schedule([-2], date(2027, 3, 29)).steps()
    assert step.day == date(2027, 3, 24)


def test_overdue_after_the_last_step_or_the_deadline() -> None:
    deadline = date(2026, 12, 15)
    assert schedule(DEFAULT_PLAN, deadline).overdue_after() == date(2026, 12, 28)
    assert schedule([-7], deadline).overdue_after() == deadline
    assert schedule([], deadline).overdue_after() == deadline


@settings(max_examples=60, deadline=None)
@given(plans, days, countries)
def test_steps_keep_order_side_and_working_days(
    plan: list[int], deadline: date, country: str
) -> None:
    found = schedule(plan, deadline, country).steps()
    assert {int(step.name) for step in found} == set(plan)
    assert all(is_working_day(step.day, country) for step in found)
    assert all(earlier.day <= later.day for earlier, later in pairwise(found))
    assert all((int(step.name) <= 0) == (step.day <= deadline) for step in found)
