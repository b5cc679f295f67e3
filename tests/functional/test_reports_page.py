"""Exports in the browser."""

from __future__ import annotations

import pytest

from portal.reports.csv_writer import Preset
from tests.declarations.surveys import make_survey
from tests.reports.declaring import believed, declare
from tests.reports.reading import rows_of, sheets_of
from tests.signing_in import sign_in

KINDS = ("declarations", "answers", "findings", "invitations", "ratings", "events")


@pytest.fixture
def campaign_id(rows) -> int:
    invitation = make_survey(rows, ("company_profile", "labour_rights"))
    declare(rows, invitation, believed(rows, invitation))
    return invitation.campaign_id


@pytest.fixture(autouse=True)
def signed_in(rows, client, campaign_id):
    sign_in(client, rows, "auditor")


def test_every_export_is_offered(get_page):
    page = get_page("/reports")
    offered = {button.get("formaction") for button in page.all("button")}
    assert {f"/reports/{kind}" for kind in KINDS} <= offered
    assert {f"/reports/{kind}/dictionary" for kind in KINDS} <= offered


@pytest.mark.parametrize("kind", KINDS)
def test_a_csv_is_streamed_with_its_manifest(client, kind):
    answer = client.get(f"/reports/{kind}?format=csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={kind}.csv"
    rows_of(answer.data, Preset.EXCEL_NO)


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_is_downloaded(client, kind):
    sheets = sheets_of(client.get(f"/reports/{kind}").data)
    assert {kind, "manifest", "dictionary"} == set(sheets)


def test_a_campaign_a_layout_and_personal_data_are_chosen(client, campaign_id):
    base = f"/reports/answers?format=data&layout=wide&campaign={campaign_id}"
    (without,) = rows_of(client.get(base).data)
    (everything,) = rows_of(client.get(f"{base}&personal=yes").data)
    assert set(everything) - set(without) == {"prf_contact_role", "prf_contact_role.comment"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_dictionary_names_every_column(client, kind):
    columns = rows_of(client.get(f"/reports/{kind}/dictionary?format=data").data)
    file = client.get(f"/reports/{kind}?format=data").data.decode()
    named = [row["column"] for row in columns if row["column"]]
    assert file.splitlines()[0] == ",".join(named)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reports/secrets", 404),
        ("/reports/answers?campaign=999", 404),
        ("/reports/answers?campaign=x", 400),
        ("/reports/answers?layout=round", 400),
        ("/reports/answers?format=pdf", 400),
    ],
)
def test_a_wish_that_there_is_not_is_refused(client, address, status):
    assert client.get(address).status_code == status
