"""How the tests get findings without a declaration, and corrective actions under them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.events.models import Actor
from portal.followup.action_models import (
    ActionState,
    Allegation,
    Certainty,
    CorrectiveAction,
    Involvement,
    ProofFile,
    SourceKind,
)
from portal.followup.actions import Plan, draw_up, move
from portal.ratings.flags import set_flag
from portal.ratings.models import Finding
from portal.suppliers.models import Supplier
from portal.suppliers.service import Author
from tests.makers import THEN, make_supplier
from tests.signing_in import make_user

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DUE = date(2026, 12, 21)
ANNE = Author(NOW, "anne@buyer.example")
THEY = Author(NOW, "Office furniture AS", Actor.SUPPLIER)


def make_found(session: Session, supplier: Supplier | None = None, **values: Any) -> Finding:
    """Return a stored, open finding that somebody has written by hand."""
    supplier = supplier or make_supplier(session, category="office_furniture")
    defaults = {
        "public_id": str(uuid4()),
        "supplier_id": supplier.id,
        "areas": ["forced_labour"],
        "severity": "high",
        "text": "Workers paid fees.",
        "measure": "Agree a repayment plan.",
        "made_by": "anne@buyer.example",
        "created_at": THEN,
    }
    finding = Finding(**(defaults | values))
    session.add(finding)
    session.flush()
    return finding


def make_flagged(session: Session) -> Finding:
    """Return a finding under a standing red flag of a rated supplier."""
    finding = make_found(session, red_flag=True)
    flag = set_flag(
        session,
        finding.supplier_id,
        "severe_abuse_in_remedy",
        source="A visit",
        reason="Fees",
        by="anne@buyer.example",
        now=NOW,
    )
    finding.flag_id = flag.id
    session.flush()
    return finding


def make_action(
    session: Session, finding: Finding | None = None, **values: Any
) -> CorrectiveAction:
    """Return a stored, open action, due a month after the tests' moment."""
    defaults = {
        "measure": "Repay the fees.",
        "owner_id": values.get("owner_id") or make_user(session, "buyer").id,
        "due_on": DUE,
    }
    return draw_up(session, finding or make_found(session), Plan(**(defaults | values)), ANNE)


def make_proof(session: Session, finding: Finding) -> ProofFile:
    """Return the row of a file given with an action under `finding`; the store has no such file."""
    action = make_action(session, finding)
    step = move(session, action, ActionState.DONE, THEY, text="Repaid.")
    row = ProofFile(
        action=action,
        step_id=step.id,
        name="bank.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        storage_key=uuid4().hex,
    )
    session.add(row)
    session.flush()
    return row


def make_reported(session: Session, supplier: Supplier) -> Finding:
    """Return a finding that others report, with a file that the store does not have."""
    finding = make_found(session, supplier)
    session.add(
        Allegation(
            finding=finding,
            source_kind=SourceKind.PRESS,
            source="The Daily, 3 November 2026",
            link="https://daily.example/plant",
            reported_on=date(2026, 11, 3),
            certainty=Certainty.ALLEGED,
            involvement=Involvement.LINKED,
            file_name="page.pdf",
            storage_key=uuid4().hex,
            recorded_by=ANNE.name,
            recorded_at=NOW,
        )
    )
    session.flush()
    return finding
