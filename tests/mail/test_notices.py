"""Mails to the buyer's own people, from the page where a supplier signs to the mail server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaigns.models import InvitationState
from portal.declarations import drafts
from portal.declarations.drafts import Change
from portal.followup import duties
from portal.followup.alert_models import Duty
from portal.reminders.escalation import escalate
from portal.reminders.service import send_due
from tests.answering import Supplier
from tests.declarations.surveys import complete, make_survey
from tests.mail.postoffice import PostOffice
from tests.makers import THEN, make_campaign, make_contact, make_invitation, make_supplier
from tests.reports.declaring import believed
from tests.signing_in import make_user, sign_in
from tests.supplier_pages.conftest import enter
from tests.supplier_pages.test_journey import SIGNATORY

Deliver = Callable[..., dict[str, int]]
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def signs(app: Flask, client: FlaskClient, rows: Session, accepts: str) -> str:
    """Let a supplier answer the Code of Conduct and sign; return who of the buyer was named."""
    user = make_user(rows, "buyer", email="ada@fjordlab.example", locale="nb")
    duties.name(rows, Duty.CRITICAL, [user.id])
    contact = make_contact(rows, make_supplier(rows, name="Zinc & <b>Sons</b>"))
    invitation = make_survey(rows, contact=contact, state=InvitationState.SENT, sent_at=THEN)
    answers = {**believed(rows, invitation, care=1.0), "coc_acceptance": accepts}
    changes = {name: Change(value, "So.") for name, value in answers.items()}
    drafts.save(rows, invitation, changes, "test", THEN)
    complete(rows, invitation)
    rows.expire_on_commit = False
    rows.commit()
    supplier = Supplier(client)
    enter(supplier, app, invitation)
    supplier.follow("Check your answers")
    supplier.follow("Go on to sign")
    supplier.press("Sign and send", values=SIGNATORY)
    return user.email


def parts(mail: Any) -> tuple[str, str]:
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return plain.replace("\r\n", "\n"), html


def test_a_critical_answer_reaches_the_person_named(
    app: Flask, client: FlaskClient, rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    reader = signs(app, client, rows, "decline")
    deliver(LATER)
    [mail] = office.mails_to(reader)
    text, html = parts(mail)
    assert mail["X-Portal-Template"] == "user_alert"
    assert mail["Subject"] == "Kritisk svar fra Zinc & <b>Sons</b>"
    assert "Does your company accept the buyer's Supplier Code of Conduct?" in text
    assert "Svaret: No" in text
    [page] = [line for line in text.splitlines() if "/findings/" in line]
    assert f'<a href="{page}">{page}</a>' in html
    assert "<b>Sons" not in html
    sign_in(client, rows)
    assert client.get(page.removeprefix("http://portal.test")).status_code == 200


def test_an_answer_that_can_wait_reaches_nobody_at_once(
    app: Flask, client: FlaskClient, rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    reader = signs(app, client, rows, "accept")
    deliver(LATER)
    assert office.mails
    assert office.mails_to(reader) == []


@pytest.mark.parametrize(
    ("locale", "subject"),
    [
        ("en", "2 suppliers have not answered two reminders"),
        ("nb", "2 leverandører har ikke svart på to påminnelser"),
    ],
)
def test_silence_after_two_reminders_reaches_who_looks_after_it(
    rows: Session, deliver: Deliver, office: PostOffice, locale: str, subject: str
) -> None:
    reader = make_user(rows, "admin", locale=locale)
    campaign = make_campaign(rows, title="Yearly <i>declaration</i>")
    for name in ("Acme", "Zinc & Sons"):
        make_invitation(
            rows,
            contact=make_contact(rows, make_supplier(rows, name=name)),
            campaign=campaign,
            state=InvitationState.SENT,
            sent_at=THEN,
        )
    send_due(rows, datetime(2026, 12, 1, 9, tzinfo=UTC))
    send_due(rows, datetime(2026, 12, 8, 9, tzinfo=UTC))
    escalate(rows, datetime(2026, 12, 9, 9, tzinfo=UTC))
    email, campaign_id = reader.email, campaign.id
    rows.commit()
    deliver(LATER)
    [mail] = office.mails_to(email)
    text, html = parts(mail)
    assert mail["Subject"] == subject
    assert "Yearly <i>declaration</i>\n\n- Acme\n- Zinc & Sons\n" in text
    assert f"/campaigns/{campaign_id}?state=not_started\n" in text
    assert html.count("<li") == 2
    assert "Zinc &amp; Sons" in html
