"""Sign a test's browser in without typing a password."""

from __future__ import annotations

from itertools import count
from uuid import uuid4

import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Role, User
from tests.makers import THEN

_numbers = count(1)


def make_user(session: Session, *roles: str, **values: object) -> User:
    """Return a stored user of the session's buyer with `roles`, who has no password."""
    defaults = {
        "buyer_id": values.get("buyer_id") or store.scoped_buyer_id(session),
        "email": f"person{next(_numbers)}@fjordlab.example",
        "fs_uniquifier": uuid4().hex,
        "create_datetime": THEN,
        "roles": [role_named(session, name) for name in roles],
    }
    user = User(**(defaults | values))
    session.add(user)
    session.flush()
    return user


def role_named(session: Session, name: str) -> Role:
    """Return the stored role `name`."""
    role = session.scalar(sa.select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        session.add(role)
    return role


def sign_in(client: FlaskClient, rows: Session, role: str = "buyer", **values: object) -> User:
    """Return a new user of the buyer of `rows` with `role`, whom `client` is signed in as.

    Commits `rows`, so that the application sees what the test has prepared.
    """
    user = make_user(rows, role, **values)
    rows.expire_on_commit = False  # reading the user again would hold SQLite's only write lock
    rows.commit()
    rows.expire_on_commit = True
    with client.session_transaction() as browser:
        browser["_user_id"] = user.fs_uniquifier
        browser["_fresh"] = True
    return user


def signed_in_client(rows: Session, client: FlaskClient, role: str = "buyer") -> FlaskClient:
    """Return `client`, signed in as a new user with `role`."""
    sign_in(client, rows, role)
    return client
