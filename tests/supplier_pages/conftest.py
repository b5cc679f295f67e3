"""A supplier with a link, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaigns.links import Purpose
from portal.campaigns.models import Invitation
from portal.declarations.drafts import answers
from tests.answering import Supplier, link
from tests.declarations.surveys import complete, make_survey

Invite = Callable[..., Invitation]


class Way(NamedTuple):
    """Who answers, how an invitation is made, and the rows behind."""

    supplier: Supplier
    invite: Invite
    rows: Session


@pytest.fixture
def supplier(client: FlaskClient) -> Supplier:
    """A browser at a supplier."""
    return Supplier(client)


@pytest.fixture
def colleague(app: Flask) -> Supplier:
    """Another browser at the same supplier."""
    return Supplier(app.test_client())


@pytest.fixture
def invite(rows: Session) -> Invite:
    """Store an invitation that the application sees; `answered` fills it in."""

    def make(*questionnaires: str, answered: bool = False, **values: Any) -> Invitation:
        names = questionnaires or ("supplier_code_of_conduct",)
        invitation = make_survey(rows, names, **values)
        if answered:
            complete(rows, invitation)
        rows.expire_on_commit = False
        rows.commit()
        let_go(rows)
        return invitation

    return make


@pytest.fixture
def way(supplier: Supplier, invite: Invite, rows: Session) -> Way:
    """The three together, for tests with parameters of their own."""
    return Way(supplier, invite, rows)


def let_go(rows: Session) -> None:
    """Keep what was loaded as it is, and let go of SQLite's only write lock."""
    rows.expunge_all()
    rows.rollback()


def change(rows: Session, invitation: Invitation, **values: object) -> None:
    """Change the stored invitation behind the application's back."""
    row = rows.get_one(Invitation, invitation.id)
    for name, value in values.items():
        setattr(row.campaign if name == "closed_at" else row, name, value)
    rows.commit()


def fresh(rows: Session, invitation: Invitation) -> Invitation:
    """Return the invitation as it stands in the database now."""
    row = rows.get_one(Invitation, invitation.id, populate_existing=True)
    let_go(rows)
    return row


def stored(rows: Session, invitation: Invitation) -> dict[str, Any]:
    """Return the answers as they stand in the database now."""
    found = answers(rows, invitation)
    let_go(rows)
    return found


def enter(
    supplier: Supplier, app: Flask, invitation: Invitation, purpose: Purpose = Purpose.ANSWER
) -> None:
    """Open the link and press its button."""
    supplier.open(link(app, invitation, purpose))
    big = next(b for b in supplier.page.all("button", class_="big"))
    supplier.press(" ".join(big.text.split()))


def section(invitation: Invitation, name: str = "supplier_code_of_conduct/acceptance") -> str:
    """Return the path of a section's page."""
    return f"/survey/{invitation.public_id}/{name}"
