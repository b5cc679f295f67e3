"""Red flags from a file, by command and by page."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa

from portal.app import cli
from portal.buyers.models import Buyer
from portal.ratings import service
from portal.ratings.models import RedFlag
from tests.conftest import NOW
from tests.makers import make_supplier
from tests.signing_in import sign_in

HEADER = "key,flag,source,reason\n"
GOOD = "B1,false_evidence,A visit,Forged payslips\n"
BAD = "B9,false_evidence,A visit,Forged payslips\n"
ADDRESS = "/suppliers/flags/import"


@pytest.fixture(autouse=True)
def supplier(rows):
    made = make_supplier(rows, key="B1", name="Bolt Works")
    service.recompute(rows, [made.id], NOW)
    number = made.id
    rows.commit()
    return number


def set_already(rows) -> int:
    count = rows.scalar(sa.select(sa.func.count(RedFlag.id)))
    rows.rollback()
    return count


def test_the_command_sets_all_or_nothing(app, rows, tmp_path):
    name = rows.scalar(sa.select(Buyer.name))
    rows.rollback()
    file = tmp_path / "flags.csv"
    command = ["flags", "import", str(file), "--buyer", name]
    file.write_text(HEADER + GOOD + BAD)
    refused = app.test_cli_runner().invoke(cli, args=command)
    assert (refused.exit_code, set_already(rows)) == (1, 0)
    assert "Row 3: no supplier has the key 'B9'." in refused.output
    file.write_text(HEADER + GOOD)
    assert "set 1" in app.test_cli_runner().invoke(cli, args=[*command, "--dry-run"]).output
    assert set_already(rows) == 0
    done = app.test_cli_runner().invoke(cli, args=command)
    assert (done.exit_code, set_already(rows)) == (0, 1), done.output
    file.write_text("name\nBolt\n")
    headless = app.test_cli_runner().invoke(cli, args=command)
    assert headless.exit_code == 1
    assert "flags.csv: " in headless.output


def test_the_page_shows_the_plan_and_sets_it_when_confirmed(rows, client, get_page, supplier):
    sign_in(client, rows, "reviewer")
    get_page(ADDRESS)
    upload = {"file": (BytesIO((HEADER + GOOD + BAD).encode()), "flags.csv")}
    shown = client.post(ADDRESS, data=upload)
    assert shown.status_code == 200
    assert "no supplier has the key" not in shown.text
    assert "No supplier has the key" in shown.text
    assert set_already(rows) == 0
    waiting = shown.text.split('name="waiting" value="')[1].split('"')[0]
    assert client.post(f"{ADDRESS}/confirm", data={"waiting": waiting}).status_code == 422
    data = {"waiting": waiting, "skip_faulty": "yes"}
    assert client.post(f"{ADDRESS}/confirm", data=data).status_code == 303
    assert set_already(rows) == 1
    page = get_page(f"/suppliers/{supplier}/risk")
    assert "From an imported file." in page.text
    assert client.post(f"{ADDRESS}/confirm", data=data).status_code == 422


def test_a_fault_of_a_row_as_a_whole_names_no_column(rows, client):
    sign_in(client, rows, "reviewer")
    surplus = GOOD.replace("\n", ",one cell too many\n")
    shown = client.post(ADDRESS, data={"file": (BytesIO((HEADER + surplus).encode()), "flags.csv")})
    assert shown.status_code == 200
    assert "It has more cells than there are columns." in shown.text


def test_an_auditor_imports_nothing(rows, client):
    sign_in(client, rows, "auditor")
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS).status_code == 403
