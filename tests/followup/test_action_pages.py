"""Corrective actions on the buyer's pages: drawn up, changed, checked, closed."""

from __future__ import annotations

import pytest

from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.checks import standing_flag
from portal.ratings.models import Finding, FindingStatus
from portal.web.buyer import finding_words
from tests.followup.acting import make_action, make_flagged, make_found
from tests.makers import make_supplier
from tests.signing_in import sign_in

PLAN = {"measure": "Repay the fees.", "due_on": "2099-01-31"}


@pytest.fixture
def finding(rows) -> Finding:
    return make_found(rows, make_supplier(rows, name="Bolt Works"))


def test_an_action_is_drawn_up_from_the_draft(rows, client, get_page, finding):
    supplier_id = finding.supplier_id
    user = sign_in(client, rows)
    page = get_page(f"/findings/{finding.public_id}/action")
    assert "Agree a repayment plan." in page.text
    answer = client.post(
        f"/findings/{finding.public_id}/action", data={**PLAN, "owner_id": user.id}
    )
    assert answer.status_code == 303
    page = get_page(answer.location)
    assert "Repay the fees." in page.text
    assert "Bolt Works" in page.text
    assert "Repay the fees." in get_page(f"/findings/{finding.public_id}").text
    assert "Repay the fees." in get_page("/actions?state=open").text
    assert "Corrective action: Drawn up" in get_page(f"/suppliers/{supplier_id}").text
    assert "No corrective action fits" in get_page("/actions?overdue=yes").text


def test_what_is_missing_is_said_beside_its_field(rows, client, finding):
    user = sign_in(client, rows)
    answer = client.post(
        f"/findings/{finding.public_id}/action",
        data={"measure": "", "due_on": "2020-01-01", "owner_id": user.id},
    )
    assert answer.status_code == 422
    assert "Write what is to be done." in answer.text
    answer = client.post(
        f"/findings/{finding.public_id}/action",
        data={**PLAN, "due_on": "2020-01-01", "owner_id": user.id},
    )
    assert answer.status_code == 422
    assert "This day has passed." in answer.text


def test_closing_without_proof_is_refused_and_with_a_visit_clears_the_flag(rows, client):
    finding = make_flagged(rows)
    action = make_action(rows, finding)
    sign_in(client, rows)
    address = f"/actions/{action.public_id}/check"
    seen = {"check-seen": "The fees are repaid.", "decision": "close", "check-clears_flag": "y"}
    answer = client.post(address, data=seen)
    assert answer.status_code == 422
    assert "closes only with proof" in answer.text
    answer = client.post(address, data=seen | {"check-visited_on": "2026-11-20"})
    assert answer.status_code == 303
    rows.expire_all()
    assert standing_flag(rows, finding) is None
    assert rows.get(CorrectiveAction, action.id).state is ActionState.CLOSED
    assert finding.status is FindingStatus.CLOSED


def test_state_plan_and_remedy_are_kept_and_told(rows, client, get_page):
    action = make_action(rows)
    user = sign_in(client, rows)
    address = f"/actions/{action.public_id}"
    for path, values in (
        ("state", {"state-state": "put_off", "state-text": "The plant is closed until May."}),
        (
            "plan",
            {
                "plan-measure": "Repay it all.",
                "plan-due_on": "2099-02-01",
                "plan-owner_id": user.id,
            },
        ),
        (
            "remedy",
            {
                "remedy-group": "Packers",
                "remedy-people": "14",
                "remedy-done": "Fees repaid",
                "remedy-remedied_on": "2026-11-20",
                "remedy-asked": "yes",
                "remedy-said": "It was enough.",
            },
        ),
    ):
        assert client.post(f"{address}/{path}", data=values).status_code == 303
    page = get_page(address)
    for said in ("The plant is closed until May.", "Repay it all.", "14 people", "It was enough."):
        assert said in page.text


def test_a_drafted_measure_reads_in_the_buyers_language_wherever_it_stands(
    rows, client, get_page, finding, monkeypatch
):
    action = make_action(rows, finding)
    monkeypatch.setattr(finding_words, "measures", lambda *_: {action.id: "Betal tilbake."})
    sign_in(client, rows)
    for address in (f"/actions/{action.public_id}", f"/suppliers/{finding.supplier_id}"):
        page = get_page(address)
        assert "Measure: Betal tilbake." in page.text
        assert "Repay the fees." not in page.text


def test_a_closed_action_is_not_to_be_shared_any_more(rows, client, get_page, finding):
    action = make_action(rows, finding)
    action.state = ActionState.CLOSED
    sign_in(client, rows)
    text = get_page(f"/actions/{action.public_id}").text
    assert "It was never shared with the supplier." in text
    assert "Share it" not in text


def test_an_auditor_reads_and_changes_nothing(rows, client, get_page):
    action = make_action(rows)
    sign_in(client, rows, "auditor")
    page = get_page(f"/actions/{action.public_id}")
    assert not [each for each in page.all("form") if "/actions/" in (each.get("action") or "")]
    assert client.post(f"/actions/{action.public_id}/state").status_code == 403
