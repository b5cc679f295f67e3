"""Exports written to a file: whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.reports.csv_writer import Preset, csv_file
from portal.reports.dictionary import HEADERS, dictionary
from portal.reports.export import Export
from portal.reports.xlsx_writer import write_workbook


@dataclass(frozen=True)
class Written:
    """The files an export made."""

    file: Path
    dictionary: Path | None


def write_csv(export: Export, path: Path, preset: Preset) -> Written:
    """Write the export to `path`, and its data dictionary beside it as `<name>.dictionary.csv`."""
    beside = dictionary_path(path)
    with _whole(path) as draft, draft.open("wb") as file:
        file.writelines(csv_file(export.columns, export.rows, preset))
    with _whole(beside) as draft, draft.open("wb") as file:
        file.writelines(csv_file(HEADERS, dictionary(export), preset))
    return Written(path, beside)


def write_xlsx(export: Export, path: Path) -> Written:
    """Write the export to `path`, its data dictionary on a sheet of its own.

    Raises:
        portal.reports.xlsx_writer.TooWide: more columns than a worksheet can hold.
    """
    with _whole(path) as draft:
        write_workbook(export, draft)
    return Written(path, None)


def dictionary_path(path: Path) -> Path:
    """Return where the data dictionary of the CSV at `path` stands."""
    return path.with_name(f"{path.stem}.dictionary.csv")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a path to write to; what is there becomes `path` at the end, and vanishes after a fault."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
