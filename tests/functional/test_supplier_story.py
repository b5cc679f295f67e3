"""What a supplier's page tells: asked, reminded, answered, rated."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.campaigns.models import Invitation
from portal.outbox.models import Message, MessageState
from portal.ratings.service import after_launch, after_submission
from portal.reminders.models import Escalation
from tests.declarations.surveys import make_survey
from tests.makers import THEN
from tests.reports.declaring import declare
from tests.signing_in import sign_in

HOSTILE = "</pre><script>alert(1)</script>{{ 7*7 }}"


@pytest.fixture
def supplier_id(rows) -> int:
    invitation = make_survey(rows, sent_at=THEN, started_at=THEN + timedelta(2))
    after_launch(rows, [invitation], THEN)
    rows.add(
        Message(public_id="m1", invitation_id=invitation.id, template="reminder_not_started",
                locale="nb", recipient="office@supplier.example", subject="Husk å svare",
                body=HOSTILE, state=MessageState.SENT, created_at=THEN, due_at=THEN,
                sent_at=THEN + timedelta(1))
    )  # fmt: skip
    declaration = declare(rows, invitation, {"coc_acceptance": "decline"}, now=THEN + timedelta(3))
    after_submission(rows, declaration, THEN + timedelta(3))
    return invitation.supplier_id


def test_the_story_is_told_in_order_of_time(rows, client, get_page, supplier_id):
    sign_in(client, rows)
    (timeline,) = get_page(f"/suppliers/{supplier_id}").all("ol", class_="timeline")
    text = " ".join(timeline.text.split())
    told = ["Answered", "Began to answer", "Reminder: not started", "Asked: Yearly declaration"]
    places = [text.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert "Rated: " in text


def test_every_mail_is_there_as_it_was_sent(rows, client, get_page, supplier_id):
    sign_in(client, rows)
    page = get_page(f"/suppliers/{supplier_id}")
    (mail,) = page.all("pre", class_="letter")
    assert mail.text == HOSTILE
    assert mail.get("lang") == "nb"
    assert "Husk å svare" in page.text


def test_the_declaration_is_there_with_its_answers_in_words(rows, client, get_page, supplier_id):
    sign_in(client, rows)
    page = get_page(f"/suppliers/{supplier_id}")
    assert "Does your company accept the buyer's Supplier Code of Conduct?" in page.text
    assert any(link.startswith("/declarations/") for link in page.links())


def test_the_story_tells_when_its_silence_was_told(rows, client, get_page, supplier_id):
    invitation = rows.scalars(sa.select(Invitation)).one()
    told = ["anne@buyer.example", "ola@buyer.example"]
    rows.add(Escalation(invitation_id=invitation.id, told=told, at=THEN + timedelta(9)))
    sign_in(client, rows)
    (timeline,) = get_page(f"/suppliers/{supplier_id}").all("ol", class_="timeline")
    text = " ".join(timeline.text.split())
    assert "No answer after two reminders: this was told" in text
    assert "anne@buyer.example, ola@buyer.example" in text
