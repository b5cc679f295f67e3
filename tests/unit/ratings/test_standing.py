"""How far a supplier has come, over all its invitations."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.campaigns.models import InvitationState
from portal.ratings.case import State
from portal.ratings.standing import Asked, standing

START = datetime(2026, 11, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def asked(state: InvitationState, invited: int = 0, **days: int) -> Asked:
    later = {name: day(number) for name, number in days.items()}
    return Asked(1, state, day(invited), overdue_at=day(invited + 30), **later)


@pytest.mark.parametrize(
    ("invitations", "on", "state"),
    [
        ([], 1, State.NOT_INVITED),
        ([asked(InvitationState.QUEUED)], 1, State.OPEN),
        ([asked(InvitationState.STARTED)], 29, State.OPEN),
        ([asked(InvitationState.STARTED)], 30, State.OVERDUE),
        ([asked(InvitationState.QUEUED)], 40, State.OPEN),
        ([asked(InvitationState.BOUNCED)], 40, State.NOT_INVITED),
        ([asked(InvitationState.CANCELLED)], 40, State.NOT_INVITED),
        ([asked(InvitationState.SUBMITTED, submitted_at=40)], 50, State.DECLARED),
        ([asked(InvitationState.DECLINED, declined_at=5)], 50, State.DECLINED),
    ],
)
def test_one_invitation(invitations: list[Asked], on: int, state: State) -> None:
    assert standing(invitations, day(on)) is state


def test_new_campaign_opens_the_question_anew() -> None:
    before = asked(InvitationState.SUBMITTED, submitted_at=5)
    now = asked(InvitationState.SENT, invited=100)
    assert standing([before, now], day(101)) is State.OPEN
    assert standing([before, now], day(130)) is State.OVERDUE


def test_answer_to_one_campaign_counts_while_another_is_open() -> None:
    answered = asked(InvitationState.SUBMITTED, submitted_at=20)
    waiting = asked(InvitationState.SENT, invited=10)
    assert standing([answered, waiting], day(21)) is State.DECLARED


def test_silence_is_a_say_only_once_the_time_is_over() -> None:
    silent = asked(InvitationState.SENT)
    assert not silent.had_its_say(day(29))
    assert silent.had_its_say(day(30))
