"""Whom to call, and what came of calls, on both databases."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.models import Invitation, InvitationState
from portal.events.models import Event
from portal.followup.call_models import CallOutcome
from portal.followup.calls import CallRefused, add_call, calls_to, to_call
from portal.suppliers.models import Criticality
from tests.makers import (
    THEN,
    make_campaign,
    make_contact,
    make_invitation,
    make_supplier,
    other_buyer,
)

# The makers' plan ends ten days after 15 December; that is Christmas, so on the 28th.
LAST, AFTER = datetime(2026, 12, 28, 9, tzinfo=UTC), datetime(2026, 12, 29, 9, tzinfo=UTC)


def silent(session: Session, **values: object) -> Invitation:
    supplier = make_supplier(session, **values)
    state = InvitationState.SENT
    contact = make_contact(session, supplier, phone="+47 22 00 00 00")
    return make_invitation(session, contact=contact, state=state, sent_at=THEN)


def called(session: Session, invitation: Invitation, outcome: CallOutcome, **values: object):
    return add_call(session, invitation, outcome, by="ada@fjordlab.example", now=AFTER, **values)


def test_who_lets_the_last_reminder_pass_is_to_be_called_from_the_day_after(
    session: Session,
) -> None:
    invitation = silent(session)
    assert to_call(session, LAST) == []
    [one] = to_call(session, AFTER)
    assert (one.invitation, one.days_late, one.last) == (invitation, 14, None)
    assert one.next_on == date(2026, 12, 29)
    assert one.contact.phone == "+47 22 00 00 00"


@pytest.mark.parametrize(
    "state",
    [s for s in InvitationState if s not in {InvitationState.SENT, InvitationState.STARTED}],
)
def test_who_is_not_awaited_is_not_called(session: Session, state: InvitationState) -> None:
    silent(session).state = state
    assert to_call(session, AFTER) == []


def test_more_time_and_a_closed_campaign_take_a_supplier_off_the_list(session: Session) -> None:
    silent(session).extended_to = date(2027, 1, 15)
    silent(session).campaign.closed_at = AFTER
    assert to_call(session, AFTER) == []


def test_a_supplier_of_another_buyer_is_not_on_the_list(session: Session) -> None:
    silent(session)
    own = store.scoped_buyer_id(session)
    session.flush()
    other_buyer(session)
    assert to_call(session, AFTER) == []
    store.scope(session, own)
    assert len(to_call(session, AFTER)) == 1


def test_sorted_by_next_step_then_criticality(session: Session) -> None:
    unsaid = silent(session, name="A")
    minor = silent(session, name="B", criticality=Criticality.C)
    vital = silent(session, name="C", criticality=Criticality.A)
    later = silent(session, name="D", criticality=Criticality.A)
    called(session, later, CallOutcome.REACHED, next_step="Ask again", next_on=date(2027, 1, 4))
    order = [one.invitation for one in to_call(session, AFTER)]
    assert order == [vital, minor, unsaid, later]


def test_a_call_is_kept_and_recorded_and_the_newest_counts(session: Session) -> None:
    invitation = silent(session)
    called(session, invitation, CallOutcome.NOT_REACHED, note=" Busy. ")
    second = called(
        session, invitation, CallOutcome.PROMISED, promised_on=date(2027, 1, 5), next_on=None
    )
    [one] = to_call(session, AFTER)
    assert (one.last, one.next_on) == (second, date(2027, 1, 6))
    assert [call.note for call in calls_to(session, invitation.supplier_id)] == ["", "Busy."]
    events = session.scalars(sa.select(Event).where(Event.action == "supplier.called")).all()
    assert [event.details["outcome"] for event in events] == ["not_reached", "promised"]
    assert {event.subject_id for event in events} == {invitation.public_id}


def test_who_refuses_leaves_the_list(session: Session) -> None:
    called(session, silent(session), CallOutcome.REFUSES)
    assert to_call(session, AFTER) == []


def test_a_call_is_never_changed(session: Session) -> None:
    call = called(session, silent(session), CallOutcome.REACHED)
    call.note = "Something else"
    with pytest.raises(store.AppendOnlyError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": CallOutcome.PROMISED}, "promised_on"),
        ({"outcome": CallOutcome.PROMISED, "promised_on": date(2026, 12, 28)}, "promised_on"),
        ({"outcome": CallOutcome.REACHED, "next_on": date(2026, 12, 28)}, "next_on"),
        ({"outcome": CallOutcome.REACHED, "next_step": "Write"}, "next_on"),
    ],
)
def test_what_does_not_fit_is_refused(
    session: Session, values: dict[str, object], field: str
) -> None:
    with pytest.raises(CallRefused) as refused:
        called(session, silent(session), **values)
    assert refused.value.field == field
    assert make_campaign(session)  # nothing half-written: the session goes on
