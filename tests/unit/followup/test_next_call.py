"""When a supplier is to be called: decided from plain values."""

from datetime import UTC, date, datetime

import pytest

from portal.followup.call_models import Call, CallOutcome
from portal.followup.calls import next_day

SILENT_ON = date(2026, 12, 29)
CALLED = datetime(2027, 1, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (None, SILENT_ON),
        ({"outcome": CallOutcome.NOT_REACHED}, date(2027, 1, 5)),
        ({"outcome": CallOutcome.WRONG_NUMBER, "next_on": date(2027, 1, 9)}, date(2027, 1, 9)),
        ({"outcome": CallOutcome.PROMISED, "promised_on": date(2027, 1, 8)}, date(2027, 1, 9)),
        ({"outcome": CallOutcome.REFUSES}, None),
        ({"outcome": CallOutcome.REFUSES, "next_on": date(2027, 2, 1)}, date(2027, 2, 1)),
    ],
)
def test_day_of_the_next_call(said: dict[str, object] | None, day: date | None) -> None:
    assert next_day(SILENT_ON, Call(called_at=CALLED, **said) if said else None) == day
