"""Exports as workbooks, and as whole files."""

from __future__ import annotations

from datetime import datetime

import pytest

from portal.reports import xlsx_writer
from portal.reports.csv_writer import Preset
from portal.reports.dictionary import LEFT_OUT
from portal.reports.export import Export, Layout, Subject, Wanted
from portal.reports.exporting import export
from portal.reports.files import write_csv, write_xlsx
from tests.conftest import NOW
from tests.declarations.surveys import make_survey
from tests.reports.declaring import believed, declare, make_finding
from tests.reports.reading import read, rows_of, sheets_of


@pytest.fixture
def declaration(session):
    invitation = make_survey(session, ("company_profile", "labour_rights"))
    invitation.supplier.name = "=1+1"
    return declare(session, invitation, believed(session, invitation))


@pytest.mark.parametrize("subject", list(Subject))
@pytest.mark.parametrize("layout", list(Layout))
def test_a_workbook_holds_what_the_csv_holds(session, declaration, tmp_path, subject, layout):
    make_finding(session, declaration)
    path = tmp_path / "export.xlsx"
    write_xlsx(export(session, subject, Wanted(layout=layout), NOW), path)
    sheets = sheets_of(path)
    header, *rows = sheets[subject]
    expected = read(session, subject, layout=layout)
    assert list(header) == list(expected[0]) if expected else not rows
    shown = [[spelled(cell) for cell in row] for row in rows]
    assert shown == [list(row.values()) for row in expected]
    assert sheets["manifest"][0] == ("rows", len(rows))
    assert [line[0] for line in sheets["dictionary"][1:] if line[0]] == list(header)


def spelled(cell: object) -> str:
    """Return a cell of a workbook as the CSV spells it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else f"{cell.isoformat()}Z"
    return "" if cell is None else str(cell)


def test_rows_that_do_not_fit_a_sheet_go_on_to_the_next(
    session, declaration, tmp_path, monkeypatch
):
    monkeypatch.setattr(xlsx_writer, "MOST_ROWS", 11)
    path = tmp_path / "export.xlsx"
    write_xlsx(export(session, Subject.ANSWERS, Wanted(), NOW), path)
    sheets = sheets_of(path)
    assert len(sheets["answers"]) == 11
    assert sheets["answers 2"][0] == sheets["answers"][0]


@pytest.mark.parametrize("subject", list(LEFT_OUT))
def test_what_the_dictionary_calls_left_out_is_no_column(session, subject):
    columns = {column.name for column in export(session, subject, Wanted(), NOW).columns}
    names, _reason = LEFT_OUT[subject]
    assert not columns & set(names.split(", "))


def test_a_csv_gets_its_dictionary_beside_it(session, declaration, tmp_path):
    path = tmp_path / "answers.csv"
    written = write_csv(export(session, Subject.ANSWERS, Wanted(), NOW), path, Preset.DATA)
    columns = [row["column"] for row in rows_of(written.dictionary.read_bytes()) if row["column"]]
    assert columns == list(rows_of(path.read_bytes())[0])


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path):
    def failing():
        yield ["1"]
        raise OSError("the disk is full")

    path = tmp_path / "answers.csv"
    path.write_text("old")
    with pytest.raises(OSError, match="full"):
        write_csv(Export(Subject.ANSWERS, (), failing()), path, Preset.DATA)
    assert [each.name for each in tmp_path.iterdir()] == ["answers.csv"]
    assert path.read_text() == "old"
