"""The exports of corrective actions and of what others report."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from portal.followup import checks, remedies
from portal.followup.action_models import Asked
from portal.followup.checks import Check
from portal.followup.remedies import Remedied
from tests.followup.acting import ANNE, make_action, make_found, make_reported
from tests.makers import make_supplier
from tests.reports.reading import read


def test_an_action_is_a_row_with_how_it_ended(session: Session) -> None:
    action = make_action(session, make_found(session, make_supplier(session, name="Bolt Works")))
    told = Remedied("Packers", 14, "Fees repaid", Asked.NO, "", date(2026, 11, 20))
    remedies.add_remedy(session, action, told, ANNE)
    checks.close(session, action, Check("Seen.", visited_on=date(2026, 11, 20)), ANNE)
    [row] = read(session, "actions")
    assert (row["supplier_name"], row["measure"]) == ("Bolt Works", "Repay the fees.")
    assert (row["state"], row["due_on"]) == ("closed", "2026-12-21")
    assert (row["people_remedied"], row["proof_files"]) == ("14", "0")
    assert row["closed_at"]
    assert not row["shared_at"]
    assert "owner" not in row
    [row] = read(session, "actions", personal_data=True)
    assert row["owner"] == action.owner.email


def test_what_others_report_stands_among_the_findings(session: Session) -> None:
    finding = make_reported(session, make_supplier(session))
    [row] = read(session, "findings")
    assert (row["finding_id"], row["declaration_id"]) == (finding.public_id, "")
    assert (row["reported_by"], row["certainty"], row["involvement"]) == (
        "press",
        "alleged",
        "linked",
    )
