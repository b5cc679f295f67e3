"""Exports as a workbook: rows, data dictionary and manifest on sheets of their own; constant memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from portal.reports.csv_writer import FORMATS, Preset, safe, texts
from portal.reports.dictionary import HEADERS, dictionary
from portal.reports.export import Cell, Column, Export, Row

# What a worksheet can hold.
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_LONGEST = 32_767
_CUT = " … (cut: the CSV has the whole text)"


class TooWide(Exception):
    """The export has more columns than a worksheet can hold; the message says what to do."""


def write_workbook(export: Export, file: Path | IO[bytes]) -> int:
    """Write the workbook to `file` and return how many data rows it holds.

    Rows beyond what a sheet holds go on to a second one. The manifest's hash is over the rows as
    CSV lines of the preset `data` would spell them, cells joined by a tab, rows by a line feed.

    Raises:
        TooWide: more columns than a worksheet can hold.
    """
    if len(export.columns) > MOST_COLUMNS:
        raise TooWide(
            f"The export has {len(export.columns)} columns; a worksheet holds {MOST_COLUMNS}. "
            "Export it as CSV."
        )
    workbook = xlsxwriter.Workbook(
        file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    )
    try:
        sheets = _Sheets(workbook, export.subject, export.columns)
        for row in export.rows:
            sheets.add(row)
        sheets.close_manifest()
        _write_dictionary(workbook, export)
    finally:
        workbook.close()
    return sheets.count


class _Sheets:
    """The sheets that hold the rows; a new one is begun when the last is full."""

    def __init__(self, workbook: Any, name: str, columns: tuple[Column, ...]) -> None:
        self.workbook, self.name, self.columns = workbook, name, columns
        self.bold = workbook.add_format({"bold": True})
        self.moment = workbook.add_format({"num_format": 'yyyy-mm-dd"T"hh:mm:ss"Z"'})
        self.count, self.number, self.digest = 0, 0, hashlib.sha256()
        self.formats = FORMATS[Preset.DATA]
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        name = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet = self.workbook.add_worksheet(name)
        self.sheet.freeze_panes(1, 1)
        self.line = 0
        for place, column in enumerate(self.columns):
            self.sheet.write_string(0, place, safe(column.name), self.bold)
        self.writers = _writers(self.sheet, self.moment)

    def add(self, row: Row) -> None:
        if self.line + 1 >= MOST_ROWS:
            self._begin()
        self.line += 1
        self.count += 1
        cells = list(row)
        writers, line = self.writers, self.line
        for place, cell in enumerate(cells):
            if cell is not None and cell != "":
                writers.get(cell.__class__, writers[str])(line, place, cell)
        self.digest.update(("\t".join(texts(cells, self.formats)) + "\n").encode())

    def close_manifest(self) -> None:
        sheet = self.workbook.add_worksheet("manifest")
        lines: Iterable[tuple[str, Cell]] = (
            ("rows", self.count),
            ("sha256", self.digest.hexdigest()),
            ("format", "portal-csv/1"),
        )
        for number, (name, value) in enumerate(lines):
            sheet.write_string(number, 0, name, self.bold)
            sheet.write(number, 1, value)


def _writers(sheet: Any, moment: Any) -> dict[type, Callable[[int, int, Any], object]]:
    """Return how each kind of cell is written to `sheet`; texts are never formulas or links."""

    def text(line: int, place: int, cell: object) -> None:
        shown = safe(str(cell))
        if len(shown) > _LONGEST:
            shown = shown[: _LONGEST - len(_CUT)] + _CUT
        sheet.write_string(line, place, shown)

    def utc(line: int, place: int, cell: datetime) -> None:
        naive = cell.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        sheet.write_datetime(line, place, naive, moment)

    return {
        str: text,
        bool: sheet.write_boolean,
        int: sheet.write_number,
        float: sheet.write_number,
        Decimal: sheet.write_number,
        date: sheet.write_datetime,
        datetime: utc,
    }


def _write_dictionary(workbook: Any, export: Export) -> None:
    sheet = workbook.add_worksheet("dictionary")
    rows = [tuple(column.name for column in HEADERS), *dictionary(export)]
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, safe(str(cell)))
