"""Reminding by hand in the browser, and what the worker does by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal import jobs, store
from portal.campaigns.models import Invitation, InvitationState
from portal.events.models import Event
from portal.outbox.models import Message, MessageState
from portal.outbox.service import queue
from portal.ratings.models import RatingRecord
from portal.reminders.models import Reminder
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_campaign, make_contact, make_supplier, other_buyer
from tests.signing_in import sign_in


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("portal.web.buyer.reminders.deliver_soon", lambda: None)
    return


@pytest.fixture
def invitation(rows: Session) -> Invitation:
    """An invitation that went out long ago and was not started."""
    rows.expire_on_commit = False  # reading it again would hold SQLite's only write lock
    contact = make_contact(rows, make_supplier(rows, name="Bo Plast"), locale="en")
    campaign = make_campaign(rows, deadline=(datetime.now(UTC) + timedelta(days=20)).date())
    found = make_survey(rows, campaign=campaign, contact=contact, state=InvitationState.SENT)
    found.sent_at = THEN
    rows.commit()
    return found


def mailed(rows: Session, invitation: Invitation, at: datetime) -> Message:
    """Store a mail that went out at `at`."""
    sent = queue(
        rows,
        template="reminder_not_started",
        locale="en",
        recipient="office@supplier.example",
        context={},
        invitation_id=invitation.id,
        now=at,
    )
    sent.state, sent.sent_at, sent.subject, sent.body = MessageState.SENT, at, "Please", "Hello,"
    return sent


def test_preview_shows_the_last_mail_and_the_new_one(invitation, rows, client, get_page):
    mailed(rows, invitation, datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
    sign_in(client, rows)
    page = get_page(f"/invitations/{invitation.public_id}/remind")
    assert "The last mail was “Reminder: not started” to office@supplier.example" in page.text
    assert "[personal link]" in page.text
    assert "Yearly declaration" not in page.one("title").text
    assert rows.scalars(sa.select(Reminder)).all() == []


def test_sending_queues_a_mail_and_is_on_record(invitation, rows, client):
    user = sign_in(client, rows)
    answer = client.post(f"/invitations/{invitation.public_id}/remind")
    assert answer.status_code == 303
    [reminder] = rows.scalars(sa.select(Reminder)).all()
    assert (reminder.step, reminder.created_by) == ("manual-1", user.email)
    assert rows.scalars(sa.select(Event.action)).all()[-1] == "invitation.reminded"


def test_again_so_soon_needs_a_reason(invitation, rows, client, get_page):
    mailed(rows, invitation, datetime.now(UTC) - timedelta(hours=1))
    sign_in(client, rows)
    address = f"/invitations/{invitation.public_id}/remind"
    assert "Why again so soon?" in get_page(address).text
    refused = client.post(address)
    assert refused.status_code == 422
    assert "Say why it cannot wait." in refused.text
    assert client.post(address, data={"reason": "They asked us to."}).status_code == 303
    details = rows.scalars(sa.select(Event.details).order_by(Event.seq.desc())).first()
    assert details == {"step": "manual-1", "reason": "They asked us to."}


def test_pressed_twice_reminds_once(invitation, rows, client):
    sign_in(client, rows)
    address = f"/invitations/{invitation.public_id}/remind"
    for _ in range(2):
        assert client.post(address, data={"reason": "They asked us to."}).status_code == 303
    assert len(rows.scalars(sa.select(Reminder)).all()) == 1


def test_nothing_to_remind_of_is_said(invitation, rows, client, get_page):
    invitation.state = InvitationState.SUBMITTED
    rows.commit()
    sign_in(client, rows)
    address = f"/invitations/{invitation.public_id}/remind"
    assert "There is nothing to remind of" in get_page(address).text
    assert client.post(address).status_code == 409


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_only_who_asks_may_remind(invitation, rows, client, role):
    sign_in(client, rows, role)
    assert client.post(f"/invitations/{invitation.public_id}/remind").status_code == 403


def test_another_buyers_invitation_is_not_found(invitation, rows, client):
    own = store.scoped_buyer_id(rows)
    public_id = invitation.public_id
    other_buyer(rows)
    sign_in(client, rows)
    assert store.scoped_buyer_id(rows) != own
    assert client.get(f"/invitations/{public_id}/remind").status_code == 404


def test_the_supplier_page_tells_how_it_was_chased(invitation, rows, client, get_page):
    rows.add(Reminder(invitation_id=invitation.id, step="-14", due_on=THEN.date(), created_at=THEN))
    sign_in(client, rows)
    page = get_page(f"/suppliers/{invitation.supplier_id}")
    assert "14 days before the deadline: passed over" in page.text
    assert f"/invitations/{invitation.public_id}/remind" in page.links()


def test_the_worker_reminds_and_then_rates_silence(app: Flask, rows: Session) -> None:
    invitation = make_survey(rows, state=InvitationState.SENT)
    invitation.sent_at = THEN
    rows.commit()
    buyer_id = store.scoped_buyer_id(rows)
    with app.app_context():
        assert jobs.remind(buyer_id, datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == 1
        assert jobs.rate_silence(buyer_id, datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == 0
        assert jobs.rate_silence(buyer_id, datetime(2027, 1, 1, 9, 0, tzinfo=UTC)) == 1
        assert jobs.rate_again(lambda: datetime(2027, 1, 1, 9, 0, tzinfo=UTC)) == 0
    assert rows.scalars(sa.select(RatingRecord.basis)).all() == ["not_answered"]
