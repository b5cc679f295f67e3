"""Import files as suppliers' ledgers write them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import openpyxl

from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.reading import Table, read_table

HEADER = "key,name,country,contact_email"


def csv_file(*lines: str, header: str = HEADER) -> bytes:
    """Return a CSV file in UTF-8."""
    return "\r\n".join([header, *lines, ""]).encode()


def xlsx_file(*lines: Iterable[object]) -> bytes:
    """Return a workbook with these rows on its first sheet."""
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def table(*lines: str, header: str = HEADER) -> Table:
    """Return the table of a CSV file."""
    return read_table("suppliers.csv", csv_file(*lines, header=header), COLUMNS)
