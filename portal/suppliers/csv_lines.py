"""The lines of a CSV file: encoding and separator are found out, quoted line breaks are kept."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator

from portal.suppliers.sentences import Refused, sentence

SEPARATORS = (";", ",", "\t")


def csv_lines(content: bytes, known: Callable[[list[str]], int]) -> Iterator[list[str]]:
    """Return each line's cells, trimmed; an empty line is an empty list.

    The separator is the one with which the first line names most known columns: `known` counts.

    Raises:
        Refused: it is not text, or a quotation mark is not closed (while iterating).
    """
    text = _decode(content)
    # Excel writes this line to name the separator, and does not count it as a row.
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={separator}" for separator in SEPARATORS}:
        text = rest
    best = max(SEPARATORS, key=lambda separator: known(_header(text, separator)))
    return _lines(text, best)


def _decode(content: bytes) -> str:
    """Return the text: UTF-8 or UTF-16 when it says so or fits, else Windows-1252."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not text.startswith("%PDF"):
            return text
    raise Refused(sentence("The file is not a table. Save the table as CSV or .xlsx."))


def _header(text: str, separator: str) -> list[str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next((line for line in reader if any(line)), [])
    except csv.Error:
        return []


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, line in enumerate(reader, start=1):  # noqa: B007 - the handler says where
            yield [cell.strip() for cell in line]
    except csv.Error:
        raise Refused(
            sentence(
                "Row %(row)s cannot be read. Check that its quotation marks are closed.",
                row=number + 1,
            )
        ) from None
