"""Delivering through a real mail server that takes, refuses, delays and hangs up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.invitations import change_contact
from portal.campaigns.models import InvitationState
from portal.outbox.models import Message, MessageState
from portal.outbox.service import RETRY_AFTER
from portal.suppliers.models import Contact
from tests.mail.launched import NOW, launched, queued
from tests.mail.postoffice import PostOffice
from tests.makers import make_contact

Deliver = Callable[..., dict[str, int]]
MINUTE = timedelta(minutes=1)


def states(rows: Session) -> list[MessageState]:
    rows.expire_all()
    found = list(rows.scalars(sa.select(Message.state).order_by(Message.id)))
    rows.rollback()
    return found


def test_every_recipient_gets_one_mail_over_one_connection(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    contacts = [make_contact(rows).email for _ in range(5)]
    launched(rows)

    assert deliver() == {"sent": 5}
    assert sorted(office.recipients) == sorted(contacts)
    assert office.connections == 1
    assert deliver(NOW + timedelta(days=1)) == {}


def test_invitation_is_sent_once_its_mail_is(rows: Session, deliver: Deliver) -> None:
    make_contact(rows)
    [invitation] = launched(rows)

    deliver()

    rows.expire_all()
    assert (invitation.state, invitation.sent_at) == (InvitationState.SENT, NOW)


def test_address_that_does_not_exist_bounces_and_stops_nobody_else(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    bad, good = make_contact(rows), make_contact(rows)
    first, second = launched(rows)
    office.answers[bad.email] = "550 5.1.1 no such user"
    queued(rows, first, "reminder_not_started", due_at=NOW + MINUTE)

    assert deliver() == {"bounced": 1, "sent": 1}
    assert deliver(NOW + MINUTE) == {"dropped": 1}

    rows.expire_all()
    assert office.recipients == [good.email]
    assert (first.state, first.bounced_at) == (InvitationState.BOUNCED, NOW)
    assert bad.bounced_at == NOW
    assert second.state is InvitationState.SENT


@pytest.mark.parametrize(
    "answer",
    [
        "451 4.7.1 greylisted, come again",
        "552 5.2.2 mailbox full",
        "550 5.7.1 relaying denied",
        "drop",
        "drop after data",
        "silence",
        "data 554 5.6.0 not liked",
    ],
)
def test_trouble_that_is_not_the_address_is_tried_again(
    rows: Session, deliver: Deliver, office: PostOffice, answer: str
) -> None:
    troubled = make_contact(rows)
    make_contact(rows)
    launched(rows)
    office.answers[troubled.email] = answer

    assert deliver() == {"failed": 1, "sent": 1}
    assert deliver(NOW + MINUTE / 2) == {}
    office.answers.clear()
    office.mails.clear()

    assert deliver(NOW + MINUTE) == {"sent": 1}
    assert office.mails[0]["To"] == troubled.email
    rows.expire_all()
    assert rows.get_one(Contact, troubled.id).bounced_at is None


def test_message_fails_after_the_last_attempt(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    contact = make_contact(rows)
    launched(rows)
    office.answers[contact.email] = "451 later"
    now = NOW
    for pause in (*RETRY_AFTER, timedelta(days=30)):
        assert deliver(now) == {"failed": 1}
        now += pause

    assert deliver(now) == {}
    assert states(rows) == [MessageState.FAILED]


def test_without_a_mail_server_everything_waits_and_no_attempt_is_lost(
    app: Flask, rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    make_contact(rows)
    make_contact(rows)
    launched(rows)
    app.extensions["mail"].port = 1
    for minute in range(20):
        assert deliver(NOW + minute * 2 * MINUTE) == {"no_server": 1}
    app.extensions["mail"].port = office.port

    assert deliver(NOW + timedelta(hours=1)) == {"sent": 2}


@pytest.mark.parametrize(
    "state", [InvitationState.SUBMITTED, InvitationState.DECLINED, InvitationState.CANCELLED]
)
def test_who_answered_meanwhile_gets_no_reminder(
    rows: Session, deliver: Deliver, office: PostOffice, state: InvitationState
) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    deliver()
    queued(rows, invitation, "reminder_not_started")
    invitation.state = state
    rows.commit()

    assert deliver() == {"dropped": 1}
    assert len(office.mails) == 1


@pytest.mark.parametrize("mark", ["left_at", "objected_at", "bounced_at"])
def test_contact_who_is_not_to_be_mailed_gets_nothing(
    rows: Session, deliver: Deliver, office: PostOffice, mark: str
) -> None:
    contact = make_contact(rows)
    launched(rows)
    setattr(contact, mark, NOW)
    rows.commit()

    assert deliver() == {"dropped": 1}
    assert office.mails == []


def test_new_link_does_not_follow_to_whom_was_asked_before(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    first = make_contact(rows)
    [invitation] = launched(rows)
    deliver()
    queued(rows, invitation, "reminder_not_started")
    other = make_contact(rows, first.supplier, primary=False)
    change_contact(rows, invitation, other, by="kari@fjordlab.example", now=NOW)
    rows.commit()

    assert deliver() == {"dropped": 1, "sent": 1}
    assert office.recipients == [first.email, other.email]


def test_closed_campaign_sends_nothing(rows: Session, deliver: Deliver) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    invitation.campaign.closed_at = NOW
    rows.commit()

    assert deliver() == {"dropped": 1}


def test_message_waits_until_it_is_due(rows: Session, deliver: Deliver) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    deliver()
    queued(rows, invitation, "reminder_not_started", due_at=NOW + MINUTE)

    assert deliver() == {}
    assert deliver(NOW + MINUTE) == {"sent": 1}


def test_message_that_cannot_be_written_stops_nobody_else(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    queued(rows, invitation, "no_such_template", due_at=NOW - MINUTE)

    assert deliver() == {"failed": 1, "sent": 1}
    assert len(office.mails) == 1


def test_link_stands_nowhere_in_the_database(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    make_contact(rows, locale="nb")
    [invitation] = launched(rows)
    invitation.signer_email = "chief@supplier.example"
    queued(rows, invitation, "signature_request", recipient=invitation.signer_email)
    deliver()
    texts = [mail.get_body(("plain",)).get_content() for mail in office.mails]
    tokens = [text.partition("/i/")[2].split()[0] for text in texts]

    assert len(set(tokens)) == 2
    for table in store.Base.metadata.sorted_tables:
        for row in rows.execute(sa.select(table)):
            assert not [token for token in tokens if token in repr(row)], table.name
