"""A declaration that was given back, from both sides: flagged, corrected behind the link, signed again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal import store
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.declarations.models import Declaration
from portal.mail.delivery import write
from portal.outbox.models import Message
from tests.answering import link
from tests.signing_in import sign_in
from tests.supplier_pages.conftest import enter, section, stored
from tests.supplier_pages.test_journey import SIGNATORY

REASON = "Which points can you not accept?"


@pytest.fixture
def signed(app, supplier, invite, rows):
    """The public id of a declaration that the supplier has signed, and its invitation."""
    invitation = invite(answered=True)
    enter(supplier, app, invitation)
    supplier.open(f"/survey/{invitation.public_id}/sign")
    supplier.press("Sign and send", values=SIGNATORY)
    public_id = rows.scalars(sa.select(Declaration.public_id)).one()
    rows.rollback()
    return public_id, invitation


@pytest.fixture
def returned(signed, app, rows, get_page, client):
    """The same, with one question flagged and given back by a reviewer."""
    public_id, invitation = signed
    reviewer = app.test_client()
    sign_in(reviewer, rows, "reviewer")
    address = f"/declarations/{public_id}"
    flagged = {"question": "coc_acceptance", "reason": REASON}
    assert reviewer.post(f"{address}/flags", data=flagged).status_code == 303
    page = reviewer.get(address).text
    assert "opens the one flagged question" in page
    decided = {"outcome": "returned", "reason": "Please be exact."}
    assert reviewer.post(f"{address}/decision", data=decided).status_code == 303
    assert "To be corrected" in reviewer.get(address).text
    again = reviewer.post(f"{address}/flags", data=flagged, follow_redirects=True)
    assert "returned already" in again.text
    return invitation


def test_the_supplier_corrects_just_that_and_signs_again(app, supplier, rows, returned):
    supplier.open(link(app, returned))
    assert supplier.heading == "Please correct your declaration"
    assert "asks you to correct one answer" in " ".join(supplier.page.text.split())
    supplier.press("Correct the answers")
    assert "Please be exact." in supplier.page.text
    sections = {each for each in supplier.page.links() if each.count("/") == 4}
    assert sections == {section(returned)}
    supplier.follow("Correct the answers")
    assert REASON in supplier.page.text
    assert supplier.asked() == ["coc_acceptance"]
    supplier.press("Save and continue", values={"coc_acceptance": "reservations"})
    assert "coc_reservations" in supplier.asked()
    supplier.press("Save and continue", values={"coc_reservations": "Overtime in August."})
    assert supplier.path.endswith("/review")
    changes = [each for each in supplier.page.links() if "#coc_" in each]
    assert {each.rpartition("#")[2] for each in changes} == {"coc_acceptance", "coc_reservations"}
    supplier.open(f"/survey/{returned.public_id}/sign")
    supplier.press("Sign and send", values=SIGNATORY)
    first, second = rows.scalars(sa.select(Declaration).order_by(Declaration.id))
    assert second.supersedes_id == first.id
    rows.rollback()
    assert "You have already answered" in supplier.open(link(app, returned)).text


def test_what_is_not_flagged_cannot_be_changed(app, supplier, rows, returned):
    supplier.open(link(app, returned))
    supplier.press("Correct the answers")
    before = stored(rows, returned)
    forged = {"coc_policy": "no", "coc_policy.comment": "Forged", "coc_acceptance": "decline"}
    answer = supplier.client.post(f"{section(returned)}/autosave", data=forged)
    assert answer.status_code == 200
    after = stored(rows, returned)
    assert after["coc_acceptance"] == "decline"
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed <= {"coc_acceptance", "coc_acceptance.comment"}
    locked = supplier.client.post(
        section(returned, "supplier_code_of_conduct/practice"), data=forged
    )
    assert locked.status_code in (302, 404)
    assert stored(rows, returned) == after


def test_a_flag_can_be_taken_away(signed, app, rows):
    public_id, _ = signed
    reviewer = app.test_client()
    sign_in(reviewer, rows, "reviewer")
    address = f"/declarations/{public_id}"
    reviewer.post(f"{address}/flags", data={"question": "coc_acceptance", "reason": REASON})
    assert REASON in reviewer.get(address).text
    reviewer.post(f"{address}/flags", data={"question": "coc_acceptance", "remove": "1"})
    assert REASON not in reviewer.get(address).text
    refused = reviewer.post(
        f"{address}/flags", data={"question": "nothing", "reason": "?"}, follow_redirects=True
    )
    assert "not answered in the declaration" in refused.text


def test_the_mail_names_the_number_and_leads_to_the_correction(app, rows, returned):
    message = rows.scalars(sa.select(Message).where(Message.template == "returned")).one()
    rows.expunge(message)
    rows.rollback()
    with app.app_context():
        store.scope(db_session(), message.buyer_id)
        invitation = db_session().get_one(Invitation, returned.id)
        letter = write(db_session(), message, invitation, message.created_at)
    assert letter.subject.startswith("Please correct one answer in your declaration for")
    assert "writes: Please be exact." in letter.text
    assert link(app, returned) in letter.text
