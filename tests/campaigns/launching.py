"""How the tests launch a campaign."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.campaigns.scope import Scope
from portal.campaigns.service import Launch, launch
from tests.library import LIBRARY
from tests.makers import THEN


def launch_with(session: Session, **values: Any) -> Launch:
    """Launch a campaign; name only what the test is about."""
    defaults = {
        "title": "Yearly declaration",
        "questionnaires": [LIBRARY["supplier_code_of_conduct"]],
        "translators": {"nb": lambda _context, text: text},
        "deadline": date(2026, 12, 15),
        "zone": "Europe/Oslo",
        "plan": (-14, -7),
        "scope": Scope(),
        "contexts": lambda suppliers: {
            each.id: {"short_form": False, "supplier.inherent_risk": "low"} for each in suppliers
        },
        "launched_by": "kari@fjordlab.example",
        "now": THEN,
    }
    return launch(session, **(defaults | values))
