"""Exports of calls and visits hold what the register holds, on both databases."""

from __future__ import annotations

from datetime import date

from portal.followup.call_models import CallOutcome
from portal.followup.calls import add_call
from portal.followup.visit_models import VisitKind, VisitResult
from portal.followup.visits import Told, add_visit
from portal.suppliers.service import Author
from tests.conftest import NOW
from tests.makers import make_campaign, make_invitation, make_supplier
from tests.reports.reading import read

ADA = Author(NOW, "ada@fjordlab.example")


def test_a_call_with_its_promise_and_without_persons_unless_asked_for(session):
    invitation = make_invitation(session)
    add_call(
        session, invitation, CallOutcome.PROMISED, by=ADA.name, now=NOW,
        contact=invitation.contact, promised_on=date(2026, 12, 1), note="=On the phone",
    )  # fmt: skip
    [row] = read(session, "calls")
    assert (row["outcome"], row["promised_on"]) == ("promised", "2026-12-01")
    assert row["invitation_id"] == invitation.public_id
    assert "note" not in row
    [row] = read(session, "calls", personal_data=True)
    assert (row["note"], row["called_by"]) == ("'=On the phone", ADA.name)
    other = make_campaign(session)
    assert read(session, "calls", campaign_id=other.id) == []


def test_a_visit_with_what_was_found(session):
    invitation = make_invitation(session)
    told = Told(
        VisitKind.AUDIT,
        planned_from=date(2026, 3, 1),
        done_on=date(2026, 3, 2),
        who="Ada",
        result=VisitResult.SERIOUS,
        text="No contracts.",
    )
    add_visit(session, invitation.supplier, told, ADA)
    add_visit(session, make_supplier(session), Told(VisitKind.VISIT, date(2027, 1, 4)), ADA)
    first, second = read(session, "visits")
    assert (first["kind"], first["done_on"], first["result"]) == ("audit", "2026-03-02", "serious")
    assert (first["text"], first["files"]) == ("No contracts.", "0")
    assert (second["planned_from"], second["done_on"], second["result"]) == ("2027-01-04", "", "")
    [asked] = read(session, "visits", campaign_id=invitation.campaign_id, personal_data=True)
    assert (asked["visit_id"], asked["who"]) == (first["visit_id"], "Ada")
