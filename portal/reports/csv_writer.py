"""Exports as CSV: cells that no spreadsheet takes for a formula, and a last line that proves the rest.

The last line is `#manifest`, `rows=<data rows>`, `sha256=<of every byte before this line>`.
"""

from __future__ import annotations

import csv
import enum
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any, cast

from portal.reports.export import Column, Row

# A cell that begins so is run as a formula by spreadsheets; "" is not among them.
_DANGEROUS = frozenset("=+-@\t\r")
_ROWS_AT_ONCE = 500
Formats = Mapping[type, Callable[[Any], str]]
"""How each kind of cell that is not a text is written."""


class Preset(enum.StrEnum):
    """For whom the file is: a Norwegian Excel, or a program."""

    EXCEL_NO = "excel-no"
    DATA = "data"


@dataclass(frozen=True)
class Dialect:
    """How a preset is written."""

    mark: bytes
    delimiter: str


DIALECTS = {Preset.EXCEL_NO: Dialect(b"\xef\xbb\xbf", ";"), Preset.DATA: Dialect(b"", ",")}


def safe(text: str) -> str:
    """Return `text` so that a spreadsheet shows it instead of running it."""
    return "'" + text if text[:1] in _DANGEROUS else text


def csv_file(columns: Iterable[Column], rows: Iterator[Row], preset: Preset) -> Iterator[bytes]:
    """Yield the file piece by piece: header, rows, manifest."""
    dialect, formats = DIALECTS[preset], FORMATS[preset]
    digest, count = hashlib.sha256(), 0
    first = dialect.mark + _encoded([[safe(column.name) for column in columns]], dialect)
    digest.update(first)
    yield first
    while lines := [texts(row, formats) for row in islice(rows, _ROWS_AT_ONCE)]:
        piece = _encoded(lines, dialect)
        count += len(lines)
        digest.update(piece)
        yield piece
    yield _encoded([["#manifest", f"rows={count}", f"sha256={digest.hexdigest()}"]], dialect)


def _encoded(lines: list[list[str]], dialect: Dialect) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8")


def texts(row: Row, formats: Formats) -> list[str]:
    """Return the cells as text: the innermost loop of every export, kept plain."""
    line: list[str] = []
    for cell in row:
        kind = cell.__class__
        if kind is str:
            text = cast("str", cell)
            line.append("'" + text if text[:1] in _DANGEROUS else text)
        elif cell is None:
            line.append("")
        else:
            line.append(formats[kind](cell) if kind in formats else safe(str(cell)))
    return line


def utc(moment: datetime) -> str:
    """Return an aware moment as `2026-11-21T09:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _formats(number: Callable[[Any], str]) -> Formats:
    return {
        bool: lambda value: "true" if value else "false",
        int: str,
        float: number,
        Decimal: number,
        date: str,
        datetime: utc,
    }


def _number(value: float | Decimal) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _comma(value: float | Decimal) -> str:
    return _number(value).replace(".", ",")


# A Norwegian Excel would read 12.5 as the 12th of May.
FORMATS = {Preset.EXCEL_NO: _formats(_comma), Preset.DATA: _formats(_number)}
