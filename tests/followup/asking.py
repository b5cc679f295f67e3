"""A declaration with one answer that a reviewer asks about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.followup import clarifications
from portal.followup.clarification_models import Clarification
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare
from tests.signing_in import make_user

QUESTION = "lab_rest_day"
WORDS = "Does this hold for the night shift too?"
# The tests' moment is 2026-11-21, a Saturday.
TODAY, DUE = date(2026, 11, 21), date(2026, 12, 4)


def declared(session: Session, **contact: Any) -> Declaration:
    """Return a stored declaration of Bolt Works with two answers."""
    supplier = make_supplier(session, name="Bolt Works", country="CN")
    invitation = make_survey(
        session, ["labour_rights"], contact=make_contact(session, supplier, **contact)
    )
    return declare(session, invitation, {QUESTION: "yes", "lab_leave": "yes"}, now=THEN)


def asked(session: Session, now: datetime, **values: Any) -> Clarification:
    """Return a clarification of a new declaration, just asked."""
    return clarifications.ask(
        session,
        values.pop("declaration", None) or declared(session),
        QUESTION,
        **{
            "text": WORDS,
            "due_on": DUE,
            "today": TODAY,
            "asker": values.pop("asker", None) or make_user(session, "reviewer"),
            "question": "Is there a day of rest?",
            "now": now,
            **values,
        },
    )
