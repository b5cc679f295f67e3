"""Agreements and materials of a supplier: on its page, by command, in what is exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.app import cli
from portal.buyers.models import Buyer
from portal.suppliers.models import Subject, SubjectKind, Supplier
from tests.makers import make_subject, make_supplier
from tests.signing_in import sign_in


@pytest.fixture
def supplier(rows: Session) -> int:
    """The id of a supplier with two agreements."""
    supplier: Supplier = make_supplier(rows, key="S1")
    make_subject(rows, supplier, key="A-7", title="Canteen", place="Bergen", min_hourly_rate=220)
    make_subject(rows, supplier, key="A-9", title="Cleaning")
    rows.commit()
    number = supplier.id
    rows.rollback()
    return number


def kept(rows: Session) -> dict[str, tuple[object, ...]]:
    rows.expire_all()
    found = {
        each.key: (each.title, each.place, each.min_hourly_rate, each.ended)
        for each in rows.scalars(sa.select(Subject))
    }
    rows.rollback()
    return found


def test_both_agreements_stand_on_the_page(supplier, rows, client: FlaskClient, get_page):
    sign_in(client, rows, "auditor")
    page = get_page(f"/suppliers/{supplier}")
    assert "Canteen Agreement A-7 Bergen 220.00 NOK Is asked about" in page.text
    assert "Cleaning Agreement A-9" in page.text
    assert not [link for link in page.links() if "/subjects/" in link]
    assert client.get(f"/suppliers/{supplier}/subjects/new").status_code == 403


def test_they_are_added_changed_and_ended(supplier, rows, client: FlaskClient, get_page):
    sign_in(client, rows)
    new = {"kind": "material", "key": "M-1", "title": "Serum", "place": "blood"}
    assert client.post(f"/suppliers/{supplier}/subjects/new", data=new).status_code == 303
    number = rows.scalar(sa.select(Subject.id).where(Subject.key == "A-7"))
    rows.rollback()
    url = f"/suppliers/{supplier}/subjects/{number}"
    form = get_page(f"{url}/edit").fields()
    changed = form | {"title": "The canteen", "min_hourly_rate": "230,50"}
    assert client.post(f"{url}/edit", data=changed).status_code == 303
    client.post(f"{url}/end")
    held = kept(rows)
    assert held["M-1"] == ("Serum", "blood", None, False)
    assert [str(each) for each in held["A-7"]] == ["The canteen", "Bergen", "230.50", "True"]
    page = get_page(f"/suppliers/{supplier}")
    for told in ("M-1 Serum added", "A-7 The canteen changed", "A-7 The canteen has ended"):
        assert told in page.text
    client.post(f"{url}/resume")
    assert kept(rows)["A-7"][3] is False
    assert client.post(f"{url}/burn").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "A-9"}, "This supplier has another with this key."),
        ({"title": ""}, "Write what it is called."),
        ({"min_hourly_rate": "much"}, "Write an amount like 220.50."),
        ({"kind": "material", "min_hourly_rate": "220"}, "goes with an agreement"),
    ],
)
def test_a_fault_is_told_at_its_field(supplier, rows, client, changes, sentence):
    sign_in(client, rows)
    new = {"kind": "agreement", "key": "A-8", "title": "Guards"} | changes
    answer = client.post(f"/suppliers/{supplier}/subjects/new", data=new)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(kept(rows)) == 2


def test_the_command_brings_a_file_in_or_nothing_of_it(
    supplier, rows, app: Flask, tmp_path: Path
) -> None:
    buyer = rows.scalar(sa.select(Buyer.name))
    rows.rollback()
    path = tmp_path / "subjects.csv"
    command = ["suppliers", "import-subjects", str(path), "--buyer", str(buyer)]
    head = "supplier_key;kind;key;title;min_hourly_rate\n"
    path.write_text(f"{head}S1;agreement;A-7;Canteen;221,50\nS9;material;M;Serum;\n", "utf-8")
    refused = app.test_cli_runner().invoke(cli, command)
    assert refused.exit_code == 1
    assert "subjects.csv, row 3: supplier_key: there is no supplier 'S9'" in refused.stderr
    assert str(kept(rows)["A-7"][2]) == "220.00"
    path.write_text(f"{head}S1;agreement;A-7;Canteen;221,50\nS1;material;M;Serum;\n", "utf-8")
    done = app.test_cli_runner().invoke(cli, command)
    assert (done.exit_code, done.stdout) == (0, "2 agreements and materials brought in.\n")
    assert str(kept(rows)["A-7"][2]) == "221.50"
    assert json.dumps(sorted(kept(rows))) == '["A-7", "A-9", "M"]'
    assert SubjectKind.MATERIAL in set(rows.scalars(sa.select(Subject.kind)))
