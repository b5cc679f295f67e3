"""A corrective action on the supplier's own page: what it sees, what it can say."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaigns.links import Purpose
from portal.followup import checks, sharing
from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.action_queries import files_of, steps_of
from portal.followup.actions import Plan, draw_up
from portal.followup.checks import Check
from portal.followup.proposals import waiting
from portal.outbox.models import Message
from portal.ratings.finding_queries import findings_of
from portal.ratings.service import after_submission
from portal.state import state
from tests.declarations.surveys import make_survey
from tests.followup.acting import ANNE, DUE, NOW, make_action, make_found
from tests.html import Page
from tests.makers import make_contact, make_supplier
from tests.reports.declaring import declare
from tests.samples import PDF
from tests.signing_in import make_user

GetPage = Callable[..., Page]


@pytest.fixture
def action(rows: Session) -> CorrectiveAction:
    contact = make_contact(rows, make_supplier(rows, name="Bolt Works"))
    made = make_action(rows, make_found(rows, contact.supplier))
    sharing.share(rows, made, contact, ANNE)
    return made


@pytest.fixture
def opened(app: Flask, client: FlaskClient, rows: Session, action: CorrectiveAction) -> str:
    """The address of the action's page, which the client has been let in to."""
    return let_in(app, client, rows, action)


def let_in(app: Flask, client: FlaskClient, rows: Session, action: CorrectiveAction) -> str:
    """Commit, press Start behind the mailed link, and return the address it leads to."""
    thread = action.correspondence
    assert thread is not None
    with app.app_context():
        token = state().links.token(thread, Purpose.FOLLOW_UP)
    address = f"/follow-up/{thread.public_id}/action"
    rows.commit()
    answer = client.post(f"/f/{token}/start")
    assert answer.location.endswith(address)
    return address


def test_the_supplier_sees_what_was_found_and_what_should_be_done(
    get_page: GetPage, opened: str
) -> None:
    page = get_page(opened)
    for said in ("Workers paid fees.", "Repay the fees.", "It is not a proven fact", "Not started"):
        assert said in page.text
    # What the buyer did before it was shared, and who there did it, stays with the buyer.
    assert ANNE.name not in page.text
    assert "What has happened" not in page.text


def test_it_says_done_with_proof_and_the_owner_gets_a_mail(
    client: FlaskClient, rows: Session, action: CorrectiveAction, get_page: GetPage, opened: str
) -> None:
    given = {"state": "done", "text": "All is repaid.", "files": (BytesIO(PDF), "bank.pdf")}
    answer = client.post(f"{opened}/report", data=given)
    assert answer.status_code == 303
    assert "bank.pdf" in get_page(opened).text
    assert action.state is ActionState.DONE
    step = steps_of(rows, action)[-1]
    assert [file.name for file in files_of(rows, action)[step.id]] == ["bank.pdf"]
    assert "user_action" in rows.scalars(sa.select(Message.template)).all()


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("report", {}, "Please choose how far you are."),
        ("report", {"state": "done"}, "Please write what has been done."),
        (
            "report",
            {"state": "under_way", "files": (BytesIO(b"x"), "a.exe")},
            "of a kind we cannot take",
        ),
        ("proposal", {}, "Please propose another measure or another date."),
        ("proposal", {"due_on": "2020-01-01"}, "This day has passed."),
        ("proposal", {"due_on": "soon"}, "This is not a date."),
    ],
)
def test_what_is_missing_is_said(
    client: FlaskClient, opened: str, path: str, given: dict[str, object], said: str
) -> None:
    answer = client.post(f"{opened}/{path}", data=given)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_proposal_waits_and_is_told(
    client: FlaskClient, rows: Session, action: CorrectiveAction, get_page: GetPage, opened: str
) -> None:
    given = {"measure": "Repay in two parts", "due_on": "2099-01-31", "why": "The bank"}
    assert client.post(f"{opened}/proposal", data=given).status_code == 303
    assert "Your proposal is with" in get_page(opened).text
    proposal = waiting(steps_of(rows, action))
    assert proposal is not None
    assert proposal.details == {"measure": "Repay in two parts", "due_on": "2099-01-31"}


def test_a_closed_action_thanks_and_asks_nothing(
    rows: Session, action: CorrectiveAction, get_page: GetPage, opened: str, client: FlaskClient
) -> None:
    checks.close(rows, action, Check("Seen.", NOW.date()), ANNE)
    rows.commit()
    page = get_page(opened)
    assert "has checked this and closed it" in page.text
    assert "Tell us how far you are" not in page.text
    answer = client.post(f"{opened}/report", data={"state": "under_way"})
    assert answer.status_code == 422


def test_finding_and_drafted_measure_stand_in_the_suppliers_language(
    app: Flask, client: FlaskClient, rows: Session, get_page: GetPage
) -> None:
    contact = make_contact(rows, locale="nb")
    in_norwegian = {"nb": lambda _context, text: f"{text} [norsk]"}
    invitation = make_survey(rows, ["labour_rights"], contact=contact, translators=in_norwegian)
    declaration = declare(rows, invitation, {"lab_rest_day": "no"})
    after_submission(rows, declaration, NOW)
    finding = next(row for row in findings_of(rows, contact.supplier_id) if row.measure)
    owner = make_user(rows, "buyer")
    plan = Plan(finding.measure, owner.id, DUE)
    made = draw_up(rows, finding, plan, ANNE, as_drafted=True)
    sharing.share(rows, made, contact, ANNE)
    said = (f"{finding.text} [norsk]", f"{finding.measure} [norsk]")
    page = get_page(f"{let_in(app, client, rows, made)}")
    assert all(one in page.text for one in said)
