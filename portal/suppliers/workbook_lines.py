"""The lines of an Excel workbook (.xlsx), bounded before anything is unpacked."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO

from portal.suppliers.sentences import Refused, sentence

# A small file can unpack to gigabytes; 20,000 rows of this table need a third of this.
MAX_UNPACKED = 100 * 1024 * 1024
MAX_COLUMNS = 100
_LAST_ROW = 1_048_576  # of any Excel sheet

# What openpyxl raises on a file that is no workbook or a damaged one.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of its XML
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

# It mentions styles and extensions that do not matter to a table of values.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def workbook_lines(content: bytes, *, every_sheet: bool = False) -> Iterator[list[str]]:
    """Return each row's cells as text; a formula counts as the value Excel last showed.

    Rows are those of the first sheet, or of all sheets one after another.

    Raises:
        Refused: it is no workbook or unpacks to too much (while iterating).
    """
    import openpyxl  # noqa: PLC0415 - a tenth of the time in which any command starts, seldom needed

    try:
        _check_size(content)
        book = openpyxl.load_workbook(
            BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        for sheet in book.worksheets if every_sheet else book.worksheets[:1]:
            sheet.reset_dimensions()  # some programs write them wrong
            for line in sheet.iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS, values_only=True):
                yield _trimmed([_text(value) for value in line])
        book.close()
    except _UNREADABLE:
        raise Refused(
            sentence("The file is not an Excel workbook, or it is damaged. Save it again as .xlsx.")
        ) from None


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise Refused(
                sentence(
                    "The workbook unpacks to more than %(limit)s MB. Save only the table as CSV.",
                    limit=MAX_UNPACKED >> 20,
                )
            )


def _trimmed(line: list[str]) -> list[str]:
    """Return the line without the empty cells at its end."""
    while line and not line[-1]:
        line.pop()
    return line


def _text(value: object) -> str:
    """Return what a person would have typed into the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()


def _number(value: float) -> str:
    """Return a key like 1001.0 as "1001".

    Exactly three decimals get a nought behind them, so that 1.234 is not taken for a thousand.
    """
    if value.is_integer():
        return str(int(value))
    written = f"{value:.8f}".rstrip("0")
    return f"{written}0" if len(written.partition(".")[2]) == 3 else written
