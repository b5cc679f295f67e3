"""Importing by page: upload, look, confirm."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.suppliers.models import Supplier
from tests.html import Page
from tests.makers import make_supplier
from tests.signing_in import sign_in
from tests.unit.suppliers.files import csv_file, xlsx_file

GOOD = "S1,Acme,NO,ann@acme.example"
FAULTY = "S2,Bolt,Norwey,bo@bolt.example"


def upload(client: FlaskClient, content: bytes, name: str = "ledger.csv") -> TestResponse:
    return client.post("/suppliers/import", data={"file": (BytesIO(content), name)})


def page_of(answer: TestResponse) -> Page:
    page = Page(answer.text)
    page.check()
    return page


def confirm(client: FlaskClient, answer: TestResponse, **fields: str) -> TestResponse:
    waiting = page_of(answer).fields()["waiting"]
    return client.post("/suppliers/import/confirm", data={"waiting": waiting, **fields})


def keys(rows: Session) -> list[str]:
    found = list(rows.scalars(sa.select(Supplier.key).order_by(Supplier.key)))
    rows.rollback()
    return found


@pytest.fixture
def kept(app: Flask):
    """Count the files that are kept."""
    files = Path(app.config["INSTANCE_PATH"], "files")
    return lambda: sum(path.is_file() for path in files.rglob("*"))


def test_the_first_step_explains_the_columns(rows, client, get_page):
    sign_in(client, rows)
    page = get_page("/suppliers/import")
    assert "contact_email" in page.text
    assert "at most 10 MB and 20000 rows" in page.text


def test_looking_writes_nothing_and_confirming_everything(rows, client, kept):
    sign_in(client, rows)
    answer = upload(client, csv_file(GOOD))
    assert (answer.status_code, keys(rows), kept()) == (200, [], 1)
    assert "Import 1 supplier" in page_of(answer).text
    done = confirm(client, answer)
    assert (done.status_code, done.location) == (303, "/suppliers")
    assert (keys(rows), kept()) == (["S1"], 0)
    assert "1 supplier was added or changed." in client.get("/suppliers").text


def test_a_workbook_is_taken_as_well(rows, client):
    sign_in(client, rows)
    header = ["Key", "Name", "Country", "Contact email"]
    content = xlsx_file(header, [1001.0, "Acme", "Norge", "ann@acme.example"])
    confirm(client, upload(client, content, "ledger.xlsx"))
    assert keys(rows) == ["1001"]


def test_changes_are_shown_with_old_and_new(rows, client):
    make_supplier(rows, key="S1", name="Acme Ltd", country="NO")
    sign_in(client, rows)
    text = page_of(upload(client, csv_file(GOOD))).text
    assert "Name: Acme Ltd → Acme" in text
    assert "ann@acme.example: E-mail: ann@acme.example" in text


def test_faulty_rows_are_shown_and_must_be_left_out_on_purpose(rows, client):
    sign_in(client, rows)
    answer = upload(client, csv_file(GOOD, FAULTY))
    text = page_of(answer).text
    assert "Row 3 Country The country 'Norwey' is not known. Did you mean Norway (NO)?" in text
    refused = confirm(client, answer)
    assert (refused.status_code, keys(rows)) == (422, [])
    assert "Tick that the faulty rows are left out" in page_of(refused).text
    assert confirm(client, refused, skip_faulty="yes").status_code == 303
    assert keys(rows) == ["S1"]


def test_rows_that_contradict_each_other_name_the_field_in_words(rows, client):
    sign_in(client, rows, locale="nb")
    answer = upload(client, csv_file(GOOD, "S1,Acme,SE,bo@acme.example"))
    assert "noe annet i feltet «land» enn i en tidligere rad" in page_of(answer).text


def test_a_register_changed_meanwhile_is_looked_at_again(rows, client):
    sign_in(client, rows)
    answer = upload(client, csv_file(GOOD))
    make_supplier(rows, key="S1", name="Acme", country="SE")
    rows.commit()
    again = confirm(client, answer)
    assert again.status_code == 409
    assert "Country: Sweden → Norway" in page_of(again).text
    assert confirm(client, again).status_code == 303


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "ledger.csv", "The file is empty."),
        (b"hello", "ledger.csv", "The first row does not name the columns."),
        (csv_file(GOOD), "ledger.pdf", "A file of the type '.pdf' cannot be read."),
        (csv_file(GOOD), "", "Choose the file with the suppliers."),
    ],
)
def test_a_file_that_is_no_table_is_refused(rows, client, *, kept, content, name, sentence):
    sign_in(client, rows)
    answer = upload(client, content, name)
    assert answer.status_code == 422
    assert sentence in page_of(answer).text
    assert kept() == 0


def test_another_user_cannot_confirm_and_a_forged_form_is_refused(rows, client, app):
    sign_in(client, rows)
    answer = upload(client, csv_file(GOOD))
    sign_in(client, rows)
    refused = confirm(client, answer)
    assert refused.status_code == 422
    assert "The file is no longer here." in refused.text
    forged = client.post("/suppliers/import/confirm", data={"waiting": "forged"})
    assert (forged.status_code, keys(rows)) == (422, [])


def test_a_cancelled_or_replaced_file_is_forgotten(rows, client, kept):
    sign_in(client, rows)
    answer = upload(client, csv_file(GOOD))
    upload(client, csv_file(GOOD))
    assert kept() == 1
    assert confirm(client, answer).status_code == 422
    client.post("/suppliers/import/cancel")
    assert kept() == 0


def test_hostile_names_are_escaped_in_the_plan(rows, client):
    sign_in(client, rows)
    answer = upload(client, csv_file("S1,<script>alert(1)</script>,Norwey<b>,ann@acme.example"))
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text
