"""When a reminder is due, and which text it gets."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.campaigns.plan import DEFAULT_PLAN, Schedule
from portal.reminders.rules import (
    Due,
    Text,
    due_step,
    latest_step,
    may_send,
    start_of_day,
    text_for,
)

OSLO = "Europe/Oslo"
DEADLINE = date(2026, 12, 15)
SCHEDULE = Schedule(DEFAULT_PLAN, DEADLINE, OSLO, "NO")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(moment: str, done: tuple[str, ...] = (), asked_on: date | None = None) -> Due | None:
    return due_step(SCHEDULE, at(moment), done, asked_on)


def names(found: Due | None) -> tuple[str, list[str]] | None:
    return found and (found.step.name, [step.name for step in found.passed_over])


def test_nothing_is_due_before_the_first_step() -> None:
    assert due("2026-11-30T12:00") is None


def test_step_is_due_from_opening_time_of_its_day() -> None:
    assert due("2026-12-01T06:59") is None
    assert names(due("2026-12-01T07:00")) == ("-14", [])


def test_nothing_is_due_after_closing_time() -> None:
    assert due("2026-12-01T16:59") is not None
    assert due("2026-12-01T17:00") is None


def test_step_in_the_ledger_is_not_due_again() -> None:
    assert due("2026-12-02T09:00", done=("-14",)) is None


def test_missed_step_is_made_up_for_on_the_next_working_day() -> None:
    assert due("2026-12-05T09:00") is None
    assert names(due("2026-12-07T09:00")) == ("-14", [])


def test_catch_up_sends_the_latest_step_and_names_those_passed_over() -> None:
    assert names(due("2026-12-21T09:00", done=("-14",))) == ("3", ["-7", "-2"])


def test_latest_step_done_leaves_earlier_ones_alone() -> None:
    assert due("2026-12-09T09:00", done=("-7",)) is None


def test_steps_up_to_the_invitation_are_not_made_up_for() -> None:
    assert due("2026-12-10T09:00", asked_on=date(2026, 12, 8)) is None
    assert names(due("2026-12-14T09:00", asked_on=date(2026, 12, 8))) == ("-2", [])


def test_two_steps_on_one_day_send_the_later() -> None:
    found = due_step(replace(SCHEDULE, plan=(-3, -2)), at("2026-12-14T09:00"))
    assert names(found) == ("-2", ["-3"])


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        # Summer time in Oslo begins on 28 March 2027: eight o'clock is an hour earlier in UTC.
        ("2027-03-23T06:59", False),
        ("2027-03-23T07:00", True),
        ("2027-03-30T05:59", False),
        ("2027-03-30T06:00", True),
        # It ends on 31 October 2027.
        ("2027-10-29T06:00", True),
        ("2027-11-01T06:00", False),
        ("2027-11-01T07:00", True),
        ("2027-05-17T10:00", False),
    ],
)
def test_office_hours_follow_summer_time_and_holidays(moment: str, allowed: bool) -> None:
    assert may_send(SCHEDULE, at(moment)) is allowed


def test_the_day_is_that_of_the_buyers_zone() -> None:
    moment = at("2026-11-30T23:30")  # 1 December in Oslo
    assert latest_step(SCHEDULE, moment) is not None
    assert latest_step(replace(SCHEDULE, zone="America/New_York"), moment) is None


def test_start_of_day_on_both_sides_of_summer_time() -> None:
    assert start_of_day(date(2027, 3, 28), OSLO) == at("2027-03-27T23:00")
    assert start_of_day(date(2027, 3, 29), OSLO) == at("2027-03-28T22:00")


@pytest.mark.parametrize(
    ("started", "awaits_signature", "moment", "text"),
    [
        (False, False, "2026-12-08T09:00", Text.NOT_STARTED),
        (True, False, "2026-12-08T09:00", Text.STARTED),
        (True, True, "2026-12-08T09:00", Text.SIGNATURE),
        (True, False, "2026-12-15T22:59", Text.STARTED),
        (True, False, "2026-12-15T23:00", Text.DEADLINE_PASSED),
        (False, False, "2026-12-18T09:00", Text.DEADLINE_PASSED),
        (True, True, "2026-12-18T09:00", Text.SIGNATURE),
    ],
)
def test_text_fits_how_far_the_supplier_is(
    started: bool, awaits_signature: bool, moment: str, text: Text
) -> None:
    found = text_for(SCHEDULE, at(moment), started=started, awaits_signature=awaits_signature)
    assert found is text
