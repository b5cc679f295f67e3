"""Makers of stored rows: name only what the test is about. Each flushes, none commits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.models import Campaign, Invitation
from portal.suppliers.models import Contact, Subject, SubjectKind, Supplier

THEN = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
# As many digits always: names sort in the order they were made.
_numbers = count(10_001)

Row = TypeVar("Row")


def _stored(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def make_buyer(session: Session, **values: Any) -> Buyer:
    """Return a stored buyer."""
    defaults = {
        "name": f"Fjordlab {next(_numbers)}",
        "locale": "en",
        "contact_role": "Quality coordinator",
        "contact_email": "quality@fjordlab.example",
        "created_at": THEN,
    }
    return _stored(session, Buyer(**(defaults | values)))


def make_supplier(session: Session, **values: Any) -> Supplier:
    """Return a stored supplier of the session's buyer, without contacts."""
    number = next(_numbers)
    defaults = {
        "key": f"S{number}",
        "name": f"Supplier {number}",
        "country": "NO",
        "created_at": THEN,
        "updated_at": THEN,
    }
    return _stored(session, Supplier(**(defaults | values)))


def make_contact(session: Session, supplier: Supplier | None = None, **values: Any) -> Contact:
    """Return a stored, usable contact."""
    defaults = {
        "supplier": supplier or make_supplier(session),
        "name": "Sales office",
        "email": f"office{next(_numbers)}@supplier.example",
        "locale": "en",
        "primary": True,
    }
    return _stored(session, Contact(**(defaults | values)))


def make_subject(session: Session, supplier: Supplier, **values: Any) -> Subject:
    """Return a stored agreement with the supplier that has not ended."""
    number = next(_numbers)
    defaults = {
        "supplier": supplier,
        "kind": SubjectKind.AGREEMENT,
        "key": f"A{number}",
        "title": f"Agreement {number}",
    }
    return _stored(session, Subject(**(defaults | values)))


def make_campaign(session: Session, **values: Any) -> Campaign:
    """Return a stored campaign that asks nobody yet."""
    defaults = {
        "title": "Yearly declaration",
        "deadline": date(2026, 12, 15),
        "zone": "Europe/Oslo",
        "reminder_plan": [-14, -7, -2, 3, 10],
        "launched_at": THEN,
    }
    return _stored(session, Campaign(**(defaults | values)))


def make_invitation(session: Session, **values: Any) -> Invitation:
    """Return a stored invitation, with campaign, supplier and contact where none are given."""
    contact = values.pop("contact", None) or make_contact(session, values.get("supplier"))
    defaults = {
        "public_id": uuid4().hex,
        "campaign": values.pop("campaign", None) or make_campaign(session),
        "supplier": contact.supplier,
        "contact": contact,
        "locale": contact.locale,
        "context": {"short_form": False},
        "created_at": THEN,
    }
    return _stored(session, Invitation(**(defaults | values)))


def other_buyer(session: Session) -> Buyer:
    """Return another buyer and scope the session to it."""
    buyer = make_buyer(session)
    store.scope(session, buyer.id)
    return buyer
