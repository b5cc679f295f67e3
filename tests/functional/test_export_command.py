"""`portal export` on the command line."""

from __future__ import annotations

import os

import pytest

from portal.app import cli
from portal.buyers.models import Buyer
from portal.store import scoped_buyer_id
from tests.makers import make_invitation
from tests.reports.reading import rows_of, sheets_of


@pytest.fixture
def asked(rows):
    invitation = make_invitation(rows)
    buyer = rows.get_one(Buyer, scoped_buyer_id(rows)).name
    rows.commit()
    found = (invitation.campaign_id, buyer, invitation.public_id)
    rows.rollback()
    return found


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(cli, ["export", *map(str, arguments)])


def test_a_campaign_is_written_with_its_dictionary(run, asked, tmp_path):
    campaign, _, public_id = asked
    result = run("invitations", "--campaign", campaign, "-o", tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    assert [r["invitation_id"] for r in rows_of((tmp_path / "out.csv").read_bytes())] == [public_id]
    assert (tmp_path / "out.dictionary.csv").is_file()


def test_everything_of_a_buyer_is_written_as_a_workbook(run, asked, tmp_path):
    out = tmp_path / "out.xlsx"
    result = run("invitations", "--buyer", asked[1], "--format", "xlsx", "-o", out)
    assert result.exit_code == 0, result.output
    assert sheets_of(out)["manifest"][0] == ("rows", 1)


def test_an_export_of_nothing_has_its_header_and_manifest(run, asked, tmp_path):
    out = tmp_path / "out.csv"
    assert run("ratings", "--buyer", asked[1], "-o", out).exit_code == 0
    assert rows_of(out.read_bytes()) == []
    assert out.read_text().startswith("rating_id,")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--campaign", "99"], 1, "There is no campaign 99."),
        (["--buyer", "Nobody"], 1, "There is no buyer named 'Nobody'."),
        ([], 2, "Say either --campaign ID or --buyer NAME."),
        (["--campaign", "1", "--buyer", "x"], 2, "Say either --campaign ID or --buyer NAME."),
    ],
)
def test_a_wrong_wish_is_one_sentence_and_no_file(
    run, asked, tmp_path, *, arguments, code, sentence
):
    result = run("ratings", *arguments, "-o", tmp_path / "out.csv")
    assert result.exit_code == code
    assert sentence in result.output
    assert list(tmp_path.glob("out*")) == []


def test_a_folder_that_is_not_there_is_named(run, asked, tmp_path):
    result = run("ratings", "--campaign", asked[0], "-o", tmp_path / "none" / "out.csv")
    assert result.exit_code == 1
    assert "There is no folder" in result.output


def test_what_is_no_file_is_not_replaced(run, asked, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    result = run("ratings", "--campaign", asked[0], "-o", tmp_path / "pipe")
    assert result.exit_code == 1
    assert "cannot be replaced" in result.output
    assert (tmp_path / "pipe").is_fifo()
