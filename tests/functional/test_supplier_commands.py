"""`portal suppliers` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from portal.app import cli
from portal.buyers.models import Buyer
from portal.suppliers.models import Supplier

FAULTY = {
    7: (
        "Norwey",
        "a7@s.example",
        "Row 8: the country 'Norwey' is not known. Did you mean Norway (NO)?",
    ),
    20: ("NO", "a20@", "Row 21: the e-mail address 'a20@' cannot be used."),
    33: ("", "a33@s.example", "Row 34: the country is missing."),
}


@pytest.fixture
def run(app, rows) -> Callable[..., Result]:
    buyer = rows.scalar(sa.select(Buyer.name))
    rows.rollback()

    def invoke(command: str, *arguments: str) -> Result:
        args = ["suppliers", command, "--buyer", buyer, *arguments]
        return app.test_cli_runner().invoke(cli, args)

    return invoke


@pytest.fixture
def ledger(tmp_path) -> Path:
    """Fifty rows, three of them faulty."""
    lines = ["key;name;country;contact_email"]
    for number in range(1, 51):
        country, email, _ = FAULTY.get(number, ("NO", f"a{number}@s.example", ""))
        lines.append(f"S{number};Supplier {number};{country};{email}")
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(lines), encoding="cp1252")
    return path


def stored(rows) -> int:
    count = rows.scalar(sa.select(sa.func.count()).select_from(Supplier))
    rows.rollback()
    return count


def test_a_file_with_faulty_rows_is_refused_with_each_row_and_reason(run, rows, ledger):
    result = run("import", str(ledger))
    assert result.exit_code == 1
    assert all(reason in result.stderr for *_, reason in FAULTY.values())
    assert result.stdout == "added 0, changed 0, unchanged 0, faulty 3\n"
    assert stored(rows) == 0


def test_the_rows_without_faults_are_taken_with_skip_faulty(run, rows, ledger):
    result = run("import", str(ledger), "--skip-faulty")
    assert (result.exit_code, result.stdout) == (0, "added 47, changed 0, unchanged 0, faulty 3\n")
    assert stored(rows) == 47
    again = run("import", str(ledger), "--skip-faulty")
    assert again.stdout == "added 0, changed 0, unchanged 47, faulty 3\n"
    assert stored(rows) == 47


def test_a_dry_run_writes_nothing(run, rows, ledger):
    result = run("import", str(ledger), "--skip-faulty", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "added 47, changed 0, unchanged 0, faulty 3\n")
    assert run("import", str(ledger), "--dry-run").exit_code == 1
    assert stored(rows) == 0


def test_unknown_columns_and_rows_left_out_are_told(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "key,name,country,contact_email,Rating\nS1,A,NO,a@a.example,5\nS1,B,NO,b@b.example,5\n"
    )
    result = run("import", str(path), "--skip-faulty")
    assert "these columns are not known and were left out: Rating." in result.stderr
    assert "Row 2: left out, because another row with the key 'S1' is faulty." in result.stderr
    assert result.stdout == "added 0, changed 0, unchanged 0, faulty 1\n"


def test_a_file_that_is_no_table_is_one_sentence(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    result = run("import", str(path))
    assert (result.exit_code, result.stderr) == (1, "Error: a.csv: The file is empty.\n")


def test_an_unknown_buyer_is_one_sentence(app, ledger):
    args = ["suppliers", "import", str(ledger), "--buyer", "Nobody"]
    result = app.test_cli_runner().invoke(cli, args)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: There is no buyer named 'Nobody'. Add one with: portal buyers add NAME\n",
    )


def test_the_register_is_listed_for_people_and_machines(run, ledger):
    run("import", str(ledger), "--skip-faulty")
    listed = json.loads(run("list", "--json").stdout)
    assert len(listed) == 47
    first = next(item for item in listed if item["key"] == "S1")
    assert (first["state"], first["country"], first["spend"]) == ("active", "NO", None)
    assert [contact["email"] for contact in first["contacts"]] == ["a1@s.example"]
    assert "S1 " in run("list").stdout


def test_an_import_says_what_an_entry_is(run, tmp_path):
    path = tmp_path / "a.csv"
    head = "key,name,country,contact_email,kind\n"
    path.write_text(f"{head}S1,A,NO,a@a.example,lodger\n")
    assert (
        "Row 2: the kind 'lodger' is not known. Write supplier" in run("import", str(path)).stderr
    )
    path.write_text(
        f"{head}S1,A,NO,a@a.example,Agreement_owner\nS2,B,NO,b@b.example,\n", encoding="utf-8"
    )
    run("import", str(path))
    path.write_text("key,name,country,contact_email\nS1,A AS,NO,a@a.example\n")
    run("import", str(path))
    kinds = {each["name"]: each["kind"] for each in json.loads(run("list", "--json").stdout)}
    assert kinds == {"A AS": "agreement_owner", "B": "supplier"}
