"""A table file as rows: CSV or an Excel workbook, with a header row that names the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from portal.suppliers.csv_lines import csv_lines
from portal.suppliers.sentences import Refused, quoted, sentence
from portal.suppliers.workbook_lines import workbook_lines

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also what Excel writes when a password protects the file
_TEXT_ENDINGS = {".csv", ".txt"}


@dataclass(frozen=True)
class Columns:
    """The names of the columns that mean something, and those that must be there."""

    known: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells by column, trimmed.

    `surplus` says that the row has more cells than the header has columns.
    """

    number: int
    cells: dict[str, str]
    surplus: bool = False


@dataclass(frozen=True)
class Table:
    """The rows of a file that hold anything, and the columns that mean nothing here."""

    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()


def read_table(name: str, content: bytes, columns: Columns) -> Table:
    """Return the table in the file called `name`.

    A header is matched whatever its capitals; spaces and hyphens count as underscores.

    Raises:
        Refused: the file is not a table, or not one with these columns.
    """
    if len(content) > MAX_BYTES:
        raise Refused(
            sentence("The file is larger than %(limit)s MB. Split it.", limit=MAX_BYTES >> 20)
        )
    if not content.strip():
        raise Refused(sentence("The file is empty."))
    return _table(_lines(name, content, columns), columns)


def _lines(name: str, content: bytes, columns: Columns) -> Iterator[list[str]]:
    """Return the file's lines as lists of cells; the content decides what kind of file it is."""
    ending = PurePath(name).suffix.lower()
    if content.startswith(_OLD_EXCEL):
        raise Refused(
            sentence(
                "The file is an old or password-protected Excel file. "
                "Save it as .xlsx without a password, or as CSV."
            )
        )
    if content.startswith(_ZIP):
        return workbook_lines(content)
    if ending in _TEXT_ENDINGS:
        return csv_lines(content, lambda header: len(_known(header, columns)))
    if ending == ".xlsx":
        raise Refused(
            sentence("The file is called .xlsx but is not an Excel workbook. Save it again.")
        )
    raise Refused(
        sentence(
            "A file of the type '%(ending)s' cannot be read. Save the table as CSV or .xlsx.",
            ending=quoted(ending),
        )
    )


def _known(header: Iterable[str], columns: Columns) -> list[str]:
    return [name for name in map(column_name, header) if name in columns.known]


def column_name(text: str) -> str:
    """Return a header as the columns are called: "Contact E-mail " is "contact_e_mail"."""
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _table(lines: Iterator[list[str]], columns: Columns) -> Table:
    filled = ((number, line) for number, line in enumerate(lines, start=1) if any(line))
    first = next(filled, None)
    if first is None:
        raise Refused(sentence("The file is empty."))
    header = first[1]
    _check_header(_known(header, columns), columns)
    names = [column_name(text) or f"column {place}" for place, text in enumerate(header, start=1)]
    rows: list[Row] = []
    unnamed: set[str] = set()
    for number, line in filled:
        if len(rows) == MAX_ROWS:
            raise Refused(
                sentence("The file has more than %(limit)s rows. Split it.", limit=MAX_ROWS)
            )
        cells = dict(zip(names, line, strict=False))
        unnamed.update(n for n, text in cells.items() if text and n.startswith("column "))
        rows.append(Row(number, cells, surplus=any(line[len(names) :])))
    if not rows:
        raise Refused(sentence("The file has a header row but no rows below it."))
    return Table(tuple(rows), _unknown(header, unnamed, columns))


def _check_header(found: list[str], columns: Columns) -> None:
    if not found:
        raise Refused(
            sentence(
                "The first row does not name the columns. It must hold at least: %(columns)s.",
                columns=", ".join(columns.required),
            )
        )
    missing = [name for name in columns.required if name not in found]
    if missing:
        raise Refused(
            sentence(
                "These columns are missing: %(columns)s. The first row must name them.",
                columns=", ".join(missing),
            )
        )
    twice = sorted({name for name in found if found.count(name) > 1})
    if twice:
        raise Refused(
            sentence(
                "These columns stand there twice: %(columns)s. Remove one of each.",
                columns=", ".join(twice),
            )
        )


def _unknown(header: list[str], unnamed: set[str], columns: Columns) -> tuple[str, ...]:
    """Return the headers that mean nothing here, once each, and nameless columns that hold text."""
    named = [text for text in header if text and column_name(text) not in columns.known]
    return (*dict.fromkeys(named), *sorted(unnamed))
