import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from portal.suppliers import reading, workbook_lines
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.reading import read_table
from portal.suppliers.sentences import Refused
from tests.unit.suppliers.files import HEADER, csv_file, xlsx_file

LINE = {"key": "S1", "name": "Ås Mek", "country": "NO", "contact_email": "a@as.example"}


def cells(content: bytes, name: str = "suppliers.csv") -> list[dict[str, str]]:
    return [row.cells for row in read_table(name, content, COLUMNS).rows]


def refusal(content: bytes, name: str = "suppliers.csv") -> str:
    with pytest.raises(Refused) as caught:
        read_table(name, content, COLUMNS)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_its_encoding_and_separator(encoding, separator):
    text = "key,name,country,contact_email\nS1,Ås Mek,NO,a@as.example\n"
    assert cells(text.replace(",", separator).encode(encoding)) == [LINE]


def test_headers_are_matched_whatever_their_capitals_and_spaces():
    assert cells(
        csv_file("S1,Ås Mek,NO,a@as.example", header=" KEY ,Name,Country,Contact Email")
    ) == [LINE]


def test_quoted_line_breaks_and_separators_stay_in_their_cell():
    found = cells(csv_file('S1,"Ås;\nMek, ""Oslo""",NO,a@as.example'))
    assert found[0]["name"] == 'Ås;\nMek, "Oslo"'


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    content = csv_file('S1,"two\nlines",NO,a@a.example', "", ",,,", "S2,B,NO,b@b.example")
    assert [row.number for row in read_table("a.csv", content, COLUMNS).rows] == [2, 5]


def test_the_line_that_names_the_separator_is_no_row():
    content = b"sep=;\r\n" + csv_file("S1;Ann", header="key;name;country;contact_email")
    assert [row.number for row in read_table("a.csv", content, COLUMNS).rows] == [2]


def test_short_lines_are_filled_and_long_ones_marked():
    table = read_table("a.csv", csv_file("S1,A", "S2,B,NO,b@b.example,,", "S3,C,NO,c@c,x"), COLUMNS)
    assert [row.surplus for row in table.rows] == [False, False, True]
    assert "country" not in table.rows[0].cells


def test_unknown_columns_are_reported_once_and_nameless_ones_if_they_hold_text():
    header = f"{HEADER},Rating,Rating,,"
    table = read_table("a.csv", csv_file("S1,A,NO,a@a.example,5,5,,note", header=header), COLUMNS)
    assert table.unknown == ("Rating", "column 8")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", "The file is empty."),
        (b"key,name,country,contact_email\n", "The file has a header row but no rows below it."),
        (b"S1,Acme,NO,a@a.example\n", "The first row does not name the columns."),
        (b"key,name,land\nS1,A,NO\n", "These columns are missing: country, contact_email."),
        (csv_file("1", header=f"{HEADER},Key"), "These columns stand there twice: key."),
        (csv_file('S1,"Acme,NO,a@a.example'), "Row 2 cannot be read. Check that its quotation"),
        (b"%PDF-1.7 key,name", "The file is not a table."),
        (b"key\x00name", "The file is not a table."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "The file is an old or password-protected Excel file."),
        (b"PK\x03\x04 and nothing more", "The file is not an Excel workbook, or it is damaged."),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, sentence):
    assert refusal(content).startswith(sentence)


def test_the_type_of_the_file_must_fit():
    assert "type '.docx'" in refusal(csv_file("S1"), "suppliers.docx")
    assert "is called .xlsx but is not" in refusal(csv_file("S1"), "suppliers.xlsx")


def test_another_kind_of_zip_is_no_workbook():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "not an Excel workbook" in refusal(content.getvalue(), "suppliers.xlsx")


def test_workbook_values_become_what_a_person_would_type():
    header = [*HEADER.split(","), "spend", "org_number", "contact_name"]
    line = [
        1001.0,
        "Ås Mek",
        "NO",
        "a@as.example",
        1234.5,
        999888777,
        datetime.fromisoformat("2026-01-02"),
    ]
    found = cells(xlsx_file(header, line), "suppliers.xlsx")
    assert found[0] == LINE | {
        "key": "1001",
        "spend": "1234.5",
        "org_number": "999888777",
        "contact_name": "2026-01-02",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.234, "1.2340"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (date(2026, 3, 4), "2026-03-04"),
        (" a ", "a"),
    ],
)
def test_each_kind_of_workbook_cell(value, text):
    content = xlsx_file(["key", *HEADER.split(",")[1:]], ["S1", value, "NO", "a@a.example"])
    assert cells(content, "a.xlsx")[0]["name"] == text


def test_workbook_rows_keep_their_numbers_over_blank_ones():
    content = xlsx_file(HEADER.split(","), [], [None], ["S1", "A", "NO", "a@a.example"])
    assert [row.number for row in read_table("a.xlsx", content, COLUMNS).rows] == [4]


def test_only_the_first_sheet_counts():
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADER.split(","))
    book.worksheets[0].append(["S1", "A", "NO", "a@a.example"])
    book.create_sheet("Notes").append(["whatever"])
    content = BytesIO()
    book.save(content)
    assert [row["key"] for row in cells(content.getvalue(), "a.xlsx")] == ["S1"]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_lines, "MAX_UNPACKED", 1000)
    assert "unpacks to more than" in refusal(xlsx_file(["key"]), "a.xlsx")


def test_too_many_rows_and_too_large_files_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    assert "more than 2 rows" in refusal(csv_file("S1", "S2", "S3"))
    monkeypatch.setattr(reading, "MAX_BYTES", 20)
    assert "larger than" in refusal(csv_file("S1"))
