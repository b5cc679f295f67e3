"""How the tests read an export back."""

from __future__ import annotations

import csv
import hashlib
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy.orm import Session

from portal.reports.csv_writer import Preset, csv_file
from portal.reports.export import Layout, Subject, Wanted
from portal.reports.exporting import export
from tests.conftest import NOW

DELIMITER = {Preset.DATA: ",", Preset.EXCEL_NO: ";"}


def content(
    session: Session,
    subject: str,
    preset: Preset = Preset.DATA,
    layout: str = "long",
    **wanted: Any,
) -> bytes:
    """Return the CSV of `subject`."""
    found = export(session, Subject(subject), Wanted(layout=Layout(layout), **wanted), NOW)
    return b"".join(csv_file(found.columns, found.rows, preset))


def read(
    session: Session, subject: str, preset: Preset = Preset.DATA, **wanted: Any
) -> list[dict[str, str]]:
    """Return the rows of the CSV of `subject`, once its manifest was found right."""
    return rows_of(content(session, subject, preset, **wanted), preset)


def rows_of(file: bytes, preset: Preset = Preset.DATA) -> list[dict[str, str]]:
    """Return the rows of a CSV by column, once its manifest was found right."""
    start = file.rindex(b"#manifest")
    *lines, manifest = csv.reader(
        StringIO(file.decode("utf-8-sig"), newline=""), delimiter=DELIMITER[preset]
    )
    digest = hashlib.sha256(file[:start]).hexdigest()
    assert manifest == ["#manifest", f"rows={len(lines) - 1}", f"sha256={digest}"]
    header, *rows = lines
    assert len(set(header)) == len(header)
    return [dict(zip(header, row, strict=True)) for row in rows]


def sheets_of(file: Path | bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every sheet of a workbook."""
    source = BytesIO(file) if isinstance(file, bytes) else file
    book = openpyxl.load_workbook(source, read_only=True)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    book.close()
    return found
