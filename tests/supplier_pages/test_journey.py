"""The supplier's whole way, by what the pages show."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal.buyers.queries import own_buyer
from portal.campaigns import delivery
from portal.campaigns.links import Purpose
from portal.campaigns.models import InvitationState
from portal.declarations import receipts
from portal.declarations.models import Declaration
from portal.jobs import job_queue
from portal.outbox.models import Message
from portal.ratings.models import RatingRecord
from portal.state import state
from tests.answering import Supplier, fill, link
from tests.supplier_pages.conftest import Invite, enter, fresh, let_go, section, stored

SIGNATORY = {
    "signatory_name": "Ola Hansen",
    "signatory_title": "Daglig leder",
    "signatory_role": "managing_director",
    "authority": "y",
}
EVERYTHING = (
    "company_profile",
    "supplier_code_of_conduct",
    "labour_rights",
    "conflict_minerals_3tg",
)


@pytest.mark.parametrize(("locale", "csrf"), [("en", False), ("nb", True)])
def test_from_the_link_to_a_receipt_that_verifies(
    app: Flask, supplier: Supplier, invite: Invite, locale: str, csrf: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = csrf
    invitation = invite(*EVERYTHING, locale=locale)
    enter(supplier, app, invitation)
    supplier.open(supplier.page.all("a", class_="big")[0].get("href"))
    fill(supplier)
    assert supplier.path.endswith("/review")
    supplier.open(supplier.page.all("a", class_="big")[0].get("href"))
    supplier.press(
        " ".join(supplier.page.all("button", class_="big")[0].text.split()), 200, SIGNATORY
    )
    assert supplier.path.endswith("/receipt")
    assert supplier.page.one("html").get("lang") == locale
    receipt = supplier.client.get(f"/survey/{invitation.public_id}/receipt.json")
    assert receipt.headers["Content-Disposition"].startswith("attachment")
    data = receipts.read(receipt.data)
    with app.app_context():
        assert receipts.verify(data, state().known_keys).intact
    assert data["document"]["signatory"]["name"] == "Ola Hansen"
    assert data["document"]["locale_answered"] == locale


def test_signing_rates_the_supplier_and_ends_the_way(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite(answered=True)
    enter(supplier, app, invitation)
    supplier.follow("Check your answers")
    supplier.follow("Go on to sign")
    page = supplier.page
    supplier.press("Sign and send", values=SIGNATORY)
    supplier.page = page  # the same page once more: a double click, or back and again
    supplier.press("Sign and send", values=SIGNATORY)
    assert supplier.heading == "Receipt"
    supplier.open(section(invitation))
    assert supplier.heading == "Receipt"
    assert fresh(rows, invitation).state is InvitationState.SUBMITTED
    for table in (Declaration, RatingRecord):
        assert rows.scalar(sa.select(sa.func.count()).select_from(table)) == 1


def test_the_receipt_advises_where_the_buyer_allows_it(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite("labour_rights", answered=True)
    own_buyer(rows).shares_advice = True
    rows.commit()
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "sign"))
    supplier.press("Sign and send", values=SIGNATORY)
    assert "Where you could go further" in supplier.page.text


def test_signing_wakes_the_worker_so_that_an_alert_does_not_wait(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    enter(supplier, app, invite(answered=True))
    supplier.follow("Check your answers")
    supplier.follow("Go on to sign")
    supplier.press("Sign and send", values=SIGNATORY)
    with app.app_context():
        assert [task.name for task in job_queue().pending()] == ["deliver"]


def test_what_lacks_at_signing_is_said(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "sign"))
    supplier.press("Sign and send", status=422)
    assert "Please write your name." in supplier.page.text
    supplier.press("Sign and send", status=422, values=SIGNATORY)
    assert "questions still need an answer" in supplier.page.text
    supplier.follow("Does your company accept")
    assert "Please answer this question." in supplier.page.text
    assert rows.scalar(sa.select(sa.func.count()).select_from(Declaration)) == 0


def test_the_answered_link_gives_the_receipt_only_at_a_press(
    app: Flask, supplier: Supplier, colleague: Supplier, invite: Invite
) -> None:
    invitation = invite(answered=True)
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "sign"))
    supplier.press("Sign and send", values=SIGNATORY)
    page = colleague.open(link(app, invitation))
    assert colleague.heading == "You have already answered"
    assert not [href for href in page.links() if "receipt" in href]
    colleague.press("Open the receipt")
    assert "Ola Hansen" in colleague.page.text


def test_a_correction_supersedes_what_was_signed(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite(answered=True)
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "sign"))
    supplier.press("Sign and send", values=SIGNATORY)
    supplier.press("Correct the answers")
    supplier.open(section(invitation))
    supplier.press("Save and continue", values={"coc_acceptance": "reservations"})
    supplier.press("Save and continue", values={"coc_reservations": "Overtime in summer"})
    supplier.open(section(invitation, "sign"))
    supplier.press("Sign and send", values=SIGNATORY)
    first, second = rows.scalars(sa.select(Declaration).order_by(Declaration.id)).all()
    assert second.supersedes_id == first.id
    assert "Overtime in summer" in supplier.page.text
    let_go(rows)
    supplier.open(section(invitation))
    assert supplier.heading == "Receipt"


def test_the_person_who_signs_reads_and_signs_and_does_nothing_else(
    app: Flask, supplier: Supplier, colleague: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite(answered=True)
    enter(supplier, app, invitation)
    supplier.follow("Send to the person who signs")
    boss = {"name": "Ola Hansen", "email": "ola@supplier.example", "locale": "en"}
    supplier.press("Send the link", values=boss)
    mail = rows.scalars(sa.select(Message)).one()
    assert (mail.template, mail.recipient) == ("signature_request", "ola@supplier.example")
    let_go(rows)
    enter(colleague, app, fresh(rows, invitation), Purpose.SIGN)
    assert colleague.heading == "Check your answers"
    assert "Change:" not in colleague.page.text
    colleague.open(section(invitation))
    assert colleague.heading == "Check your answers"
    before = stored(rows, invitation)
    colleague.client.post(section(invitation), data={"coc_acceptance": "decline"})
    assert stored(rows, invitation) == before
    colleague.follow("Go on to sign")
    colleague.press("Sign and send", values=SIGNATORY)
    recipients = set(
        rows.scalars(sa.select(Message.recipient).where(Message.template == "receipt"))
    )
    assert recipients == {"ola@supplier.example", invitation.contact.email}


def test_the_person_who_signs_can_send_it_back(
    app: Flask, supplier: Supplier, colleague: Supplier, invite: Invite
) -> None:
    invitation = invite(answered=True)
    enter(colleague, app, invitation, Purpose.SIGN)
    colleague.press("Send back", status=422)
    colleague.press("Send back", values={"comment": "The wages are wrong."})
    enter(supplier, app, invitation)
    assert "The wages are wrong." in supplier.page.text


def test_a_correction_can_be_signed_by_somebody_else(
    app: Flask, supplier: Supplier, colleague: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite(answered=True)
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "sign"))
    supplier.press("Sign and send", values=SIGNATORY)
    supplier.press("Correct the answers")
    supplier.open(section(invitation, "signatory"))
    boss = {"name": "Kim Lie", "email": "kim@supplier.example", "locale": "en"}
    supplier.press("Send the link", values=boss)
    asked = fresh(rows, invitation)
    mail = rows.scalars(sa.select(Message).where(Message.template == "signature_request")).one()
    assert delivery.unwanted(rows, mail, asked) is None
    let_go(rows)
    enter(colleague, app, asked, Purpose.SIGN)
    colleague.follow("Go on to sign")
    colleague.press("Sign and send", values=SIGNATORY | {"signatory_name": "Kim Lie"})
    assert "Kim Lie" in colleague.page.text
    first, second = rows.scalars(sa.select(Declaration).order_by(Declaration.id)).all()
    assert second.supersedes_id == first.id
    let_go(rows)
    colleague.open(section(invitation, "sign"))
    assert colleague.heading == "Receipt"


def test_declining_is_noted_with_its_reason_and_can_be_taken_back(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    supplier.open(link(app, invitation))
    supplier.press("I am the wrong person")
    assert fresh(rows, invitation).state is InvitationState.QUEUED
    supplier.press("Tell the buyer", status=422)
    supplier.press(
        "Tell the buyer", values={"decline_kind": "refuses", "decline_reason": "No time"}
    )
    declined = fresh(rows, invitation)
    assert (declined.state, declined.decline_reason) == (InvitationState.DECLINED, "No time")
    supplier.open(section(invitation))
    assert "noted" in supplier.heading
    supplier.open(link(app, invitation))
    supplier.press("Answer after all")
    assert fresh(rows, invitation).state is InvitationState.STARTED


def test_the_right_person_is_kept_for_the_buyer_and_gets_no_mail(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    supplier.open(link(app, invitation))
    supplier.press("I am the wrong person")
    supplier.follow("Name the right person")
    supplier.press("Send the name", status=422, values={"name": "Kim", "email": "kim"})
    assert "This is not an e-mail address." in supplier.page.text
    supplier.press("Send the name", values={"name": "Kim", "email": "kim@supplier.example"})
    assert fresh(rows, invitation).referred_email == "kim@supplier.example"
    assert rows.scalar(sa.select(sa.func.count()).select_from(Message)) == 0
