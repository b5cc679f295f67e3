"""What no database can keep is refused with a sentence, whichever database it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal import database, store
from portal.app import create_app
from tests.html import Page
from tests.makers import make_buyer
from tests.settings import settings_for
from tests.signing_in import signed_in_client


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """The application on each kind of database in turn."""
    app = create_app(settings_for(tmp_path, database_url))
    yield app
    with app.app_context():
        database.db.engine.dispose()


def test_a_sign_in_with_a_null_character_is_no_fault_of_ours(app: Flask) -> None:
    response = app.test_client().post(
        "/login", data={"email": "kari\0@fjordlab.example", "password": "a long\0 password"}
    )
    assert response.status_code < 500
    Page(response.text).check()


@pytest.mark.parametrize(
    "path", ["/suppliers?q=%00", "/invitations/%00", "/suppliers/9999999999999999999999"]
)
def test_an_address_with_nonsense_is_no_fault_of_ours(app: Flask, path: str) -> None:
    with app.app_context():
        engine = database.db.engine
    with Session(engine) as rows:
        store.scope(rows, make_buyer(rows).id)
        client = signed_in_client(rows, app.test_client())
        response = client.get(path)
    assert response.status_code < 500
    Page(response.text).check()
