"""Silence after two reminders is told once, on both databases."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.events.models import Event
from portal.followup import duties
from portal.followup.alert_models import Duty
from portal.outbox.models import Message
from portal.reminders.escalation import TEMPLATE, escalate
from portal.reminders.service import remind_now, send_due
from tests.makers import THEN, make_campaign, make_contact, make_invitation, make_supplier
from tests.signing_in import make_user


def at(day: int, hour: int = 9) -> datetime:
    """Return a moment of December 2026: the plan's steps are due on the 1st, 8th and 11th."""
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def asked(session: Session, campaign: Campaign | None = None, name: str = "Acme") -> Invitation:
    return make_invitation(
        session,
        contact=make_contact(session, make_supplier(session, name=name)),
        campaign=campaign or make_campaign(session),
        state=InvitationState.SENT,
        sent_at=THEN,
    )


def reminded_twice(session: Session) -> None:
    send_due(session, at(1))
    send_due(session, at(8))


def mails(session: Session) -> list[Message]:
    rows = sa.select(Message).where(Message.template == TEMPLATE).order_by(Message.id)
    return list(session.scalars(rows))


def test_who_is_on_duty_is_told_the_day_after_the_second_reminder(session: Session) -> None:
    user = make_user(session, "buyer")
    duties.name(session, Duty.SILENCE, [user.id])
    invitation = asked(session)
    send_due(session, at(1))
    assert escalate(session, at(2)) == []
    send_due(session, at(8))
    assert escalate(session, at(8, 13)) == []
    [row] = escalate(session, at(9))
    assert (row.invitation_id, row.told) == (invitation.id, [user.email])
    [mail] = mails(session)
    [listed] = mail.context["campaigns"]
    assert (mail.recipient, listed["suppliers"], listed["more"]) == (user.email, ["Acme"], 0)


def test_it_is_told_once_and_recorded(session: Session) -> None:
    make_user(session, "admin")
    invitation = asked(session)
    reminded_twice(session)
    assert len(escalate(session, at(9))) == 1
    assert escalate(session, at(9, 13)) == []
    assert escalate(session, at(10)) == []
    [event] = session.scalars(sa.select(Event).where(Event.action == "invitation.escalated"))
    assert event.subject_id == invitation.public_id


@pytest.mark.parametrize("state", [s for s in InvitationState if s is not InvitationState.SENT])
def test_who_has_begun_answered_or_is_out_of_it_is_not_told_of(
    session: Session, state: InvitationState
) -> None:
    make_user(session, "admin")
    invitation = asked(session)
    reminded_twice(session)
    invitation.state = state
    assert escalate(session, at(9)) == []


def test_a_closed_campaign_is_not_told_of(session: Session) -> None:
    make_user(session, "admin")
    campaign = make_campaign(session)
    asked(session, campaign)
    reminded_twice(session)
    campaign.closed_at = at(9)
    assert escalate(session, at(9)) == []


def test_steps_passed_over_and_reminders_by_hand_do_not_count(session: Session) -> None:
    make_user(session, "admin")
    invitation = asked(session)
    send_due(session, at(8))  # an outage: the step of the 1st is passed over
    remind_now(session, invitation, at(9), by="ada@fjordlab.example", reason="They asked")
    assert escalate(session, at(10)) == []


def test_the_user_responsible_for_the_supplier_is_told_instead(session: Session) -> None:
    admin, own = make_user(session, "admin"), make_user(session, "buyer")
    campaign = make_campaign(session)
    asked(session, campaign, "Acme").supplier.responsible_user_id = own.id
    asked(session, campaign, "Zinc")
    reminded_twice(session)
    escalate(session, at(9))
    told = {mail.recipient: mail.context["campaigns"][0]["suppliers"] for mail in mails(session)}
    assert told == {own.email: ["Acme"], admin.email: ["Zinc"]}


def test_a_person_gets_one_mail_a_day(session: Session) -> None:
    make_user(session, "admin")
    asked(session, name="Acme")
    reminded_twice(session)
    escalate(session, at(9))
    late = asked(session, make_campaign(session, reminder_plan=[-14, -12, 3]), "Zinc")
    send_due(session, at(1))
    send_due(session, at(3))
    assert escalate(session, at(9, 13)) == []
    assert [row.invitation_id for row in escalate(session, at(10))] == [late.id]
    assert len(mails(session)) == 2


def test_nobody_is_told_at_night_or_at_the_weekend(session: Session) -> None:
    make_user(session, "admin")
    asked(session)
    reminded_twice(session)
    assert escalate(session, at(9, 3)) == []
    assert escalate(session, at(12)) == []
