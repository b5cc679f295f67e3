"""Whether a reminder is due, and which: decided from plain values alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.campaigns.plan import Schedule, Step, is_working_day

# Mail that arrives at night is not read in the morning: office hours, in the buyer's zone.
OPENS, CLOSES = time(8), time(18)
# How long a person must wait before reminding by hand, unless there is a reason.
COOL_DOWN = timedelta(hours=48)


class Text(StrEnum):
    """The mail that a step sends, by the name of its template."""

    NOT_STARTED = "reminder_not_started"
    STARTED = "reminder_started"
    SIGNATURE = "reminder_signature"
    DEADLINE_PASSED = "deadline_passed"


@dataclass(frozen=True)
class Due:
    """The step to send now, and the earlier ones that it makes up for."""

    step: Step
    passed_over: tuple[Step, ...] = ()


def may_send(schedule: Schedule, now: datetime) -> bool:
    """Return whether `now` is within office hours of a working day of the buyer."""
    local = now.astimezone(ZoneInfo(schedule.zone))
    return OPENS <= local.time() < CLOSES and is_working_day(local.date(), schedule.country)


def latest_step(schedule: Schedule, now: datetime) -> Step | None:
    """Return the last step whose day has come, whether it was sent or not; None before the first."""
    come = [step for step in schedule.steps() if step.day <= schedule.day_of(now)]
    return come[-1] if come else None


def due_step(
    schedule: Schedule,
    now: datetime,
    done: Collection[str] = (),
    asked_on: date | None = None,
) -> Due | None:
    """Return what is to be sent now, or None.

    `done` names the steps in the ledger. After an outage only the latest step that has come is
    sent; the earlier ones it passes over are named. Steps up to `asked_on`, the day the invitation
    itself went out, are none of this invitation's.
    """
    latest = latest_step(schedule, now)
    if latest is None or latest.name in done or not may_send(schedule, now):
        return None
    own = [step for step in schedule.steps() if asked_on is None or step.day > asked_on]
    if latest not in own:
        return None
    earlier = own[: own.index(latest)]
    return Due(latest, tuple(step for step in earlier if step.name not in done))


def text_for(schedule: Schedule, now: datetime, *, started: bool, awaits_signature: bool) -> Text:
    """Return which mail fits how far the supplier has come.

    Whoever is to sign is always asked to sign: only that is left, before the deadline or after.
    """
    if awaits_signature:
        return Text.SIGNATURE
    if schedule.day_of(now) > schedule.deadline:
        return Text.DEADLINE_PASSED
    return Text.STARTED if started else Text.NOT_STARTED


def start_of_day(day: date, zone: str) -> datetime:
    """Return the moment (UTC) at which `day` begins in `zone`."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
