"""Answers that may not fit together: asked before signing, marked for the buyer after."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.drafts import Change, save
from portal.declarations.models import Declaration
from portal.ratings.models import Finding, FindingStatus
from tests.answering import Supplier
from tests.makers import THEN
from tests.signing_in import sign_in
from tests.supplier_pages.conftest import Invite, enter, let_go
from tests.supplier_pages.test_journey import SIGNATORY

ASK = "You answered that the longest week had fewer hours than a normal week. Is that right?"
MARK = "Peak hours are lower than normal hours."


def doubtful(rows: Session, invite: Invite) -> Invitation:
    """Return an invitation that is answered, its longest week shorter than a normal one."""
    invitation = invite("labour_rights", answered=True)
    nobody = ("permanent", "fixed_term", "agency", "apprentice", "self_employed")
    given: dict[str, Any] = {
        "lab_workforce": [{"id": row, "total": 0} for row in nobody],
        "lab_groups": ["none"],
        "lab_min_age": 18,
        "lab_normal_hours": 40,
        "lab_peak_hours": 20,
    }
    save(rows, invitation, {name: Change(value) for name, value in given.items()}, "test", THEN)
    rows.commit()
    let_go(rows)
    return invitation


def test_the_supplier_is_asked_may_go_back_and_may_sign_anyway(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    enter(supplier, app, doubtful(rows, invite))
    page = supplier.follow("Check your answers")
    box = page.one("div", id="doubts")
    assert ASK in box.text
    ways = [a.get("href") for a in page.all("a") if box in a.parents]
    assert [way.rsplit("#")[-1] for way in ways] == ["lab_peak_hours", "lab_normal_hours"]
    supplier.open(ways[0])
    assert supplier.heading == "Working hours"
    supplier.press("Save and go to the overview", values={"lab_peak_hours": "45"})
    assert not supplier.follow("Check your answers").all("div", id="doubts")
    supplier.follow("Go on to sign")


def test_the_buyer_sees_a_mark_that_counts_nowhere(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    enter(supplier, app, doubtful(rows, invite))
    supplier.follow("Check your answers")
    supplier.follow("Go on to sign")
    supplier.press("Sign and send", values=SIGNATORY)
    mark = rows.scalars(sa.select(Finding).where(Finding.check_id == "hours_order")).one()
    assert (mark.check_id, mark.text, mark.points) == ("hours_order", MARK, 0)
    assert (mark.severity, mark.red_flag, mark.status) == ("low", False, FindingStatus.OPEN)
    declaration = rows.scalars(sa.select(Declaration)).one()
    pages = ("/findings", f"/declarations/{declaration.public_id}")
    supplier_page = f"/suppliers/{declaration.supplier_id}"
    finding = f"/findings/{mark.public_id}"
    buyer = Supplier(app.test_client())
    sign_in(buyer.client, rows)
    for path in (*pages, supplier_page):
        page = buyer.open(path)
        assert MARK in page.text
        assert finding in page.links()
        assert "Answers that may not fit together" in page.text
    text = " ".join(buyer.open(finding).text.split())
    assert "20 hours per week" in text
    assert "40 hours per week" in text
