"""Whatever the clock, the workers and the suppliers do: nobody is reminded twice or for nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from portal import store
from portal.campaigns.models import Invitation, InvitationState
from portal.campaigns.plan import is_working_day
from portal.outbox.models import Message
from portal.reminders.models import Reminder
from portal.reminders.queries import REMINDABLE, due_reminders
from portal.reminders.service import send, send_due
from tests.makers import make_buyer, make_campaign, make_invitation

# Easter, the change to summer time, May Day and Constitution Day all lie on the way.
START = datetime(2027, 3, 10, 7, 0, tzinfo=UTC)
DEADLINE = date(2027, 4, 6)
SUPPLIERS = 3
OSLO = ZoneInfo("Europe/Oslo")

ENDS = [InvitationState.SUBMITTED, InvitationState.DECLINED, InvitationState.CANCELLED]
happenings = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 24 * 25)),
    st.tuples(st.just("run"), st.just(0)),
    st.tuples(st.just("two at once"), st.just(0)),
    st.tuples(st.just("start"), st.integers(0, SUPPLIERS - 1)),
    st.tuples(st.just("extend"), st.integers(0, SUPPLIERS - 1)),
    st.tuples(st.sampled_from(ENDS), st.integers(0, SUPPLIERS - 1)),
)


@contextmanager
def a_store() -> Iterator[Session]:
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    store.prepare(engine)
    store.Base.metadata.create_all(engine)
    with Session(engine) as session:
        store.scope(session, make_buyer(session).id)
        yield session
    engine.dispose()


def happen(session: Session, what: str, number: int, now: datetime) -> None:
    invitation = session.scalars(sa.select(Invitation).order_by(Invitation.id)).all()[number]
    if what == "run":
        send_due(session, now)
    elif what == "two at once":
        seen = due_reminders(session, now)
        send_due(session, now)
        assert [send(session, due, now) for due in seen] == [None] * len(seen)
    elif what == "extend":
        invitation.extended_to = DEADLINE + timedelta(days=30)
    elif invitation.state in REMINDABLE:
        invitation.state = InvitationState.STARTED if what == "start" else InvitationState(what)


def check(session: Session, now: datetime, before: set[int]) -> None:
    """Check the reminders that have come since `before`."""
    rows = session.scalars(sa.select(Reminder)).all()
    assert len({(row.invitation_id, row.step) for row in rows}) == len(rows)
    new = [row for row in rows if row.id not in before and row.message_id]
    local = now.astimezone(OSLO)
    assert not new or (8 <= local.hour < 18 and is_working_day(local.date(), "NO"))
    assert len({row.invitation_id for row in new}) == len(new)
    for row in new:
        assert session.get_one(Invitation, row.invitation_id).state in REMINDABLE
        assert row.due_on <= local.date()
    mails = session.scalars(sa.select(sa.func.count(Message.id))).one()
    assert mails == sum(row.message_id is not None for row in rows)


@settings(max_examples=40, deadline=None)
@given(st.lists(happenings, max_size=25))
def test_each_step_at_most_once_to_those_who_did_not_answer(
    story: list[tuple[str, int]],
) -> None:
    with a_store() as session:
        campaign = make_campaign(session, deadline=DEADLINE)
        for _ in range(SUPPLIERS):
            make_invitation(session, campaign=campaign, state=InvitationState.SENT, sent_at=START)
        now = START
        for what, number in story:
            before = set(session.scalars(sa.select(Reminder.id)))
            if what == "wait":
                now += timedelta(hours=number)
            else:
                happen(session, what, number, now)
            check(session, now, before)
            session.commit()
