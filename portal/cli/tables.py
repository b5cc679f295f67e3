"""Files of rows that a command takes: read, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from portal.suppliers.reading import MAX_BYTES, Columns, Table, read_table
from portal.suppliers.sentences import Refused


def read_given(file: Path, columns: Columns) -> Table:
    """Return the table in `file`; one that cannot be read ends the command with a sentence."""
    try:
        # One byte more than is allowed is enough to see that it is too large.
        with file.open("rb") as opened:
            return read_table(file.name, opened.read(MAX_BYTES + 1), columns)
    except Refused as refusal:
        raise click.ClickException(f"{file.name}: {refusal.sentence}") from None


def tell_faults(unknown_columns: Iterable[str], faults: Iterable[object]) -> None:
    """Say on stderr which columns are not known and what is wrong with which row."""
    if names := ", ".join(unknown_columns):
        click.echo(f"Warning: these columns are not known and were left out: {names}.", err=True)
    for fault in faults:
        click.echo(str(fault), err=True)


def refuse_rows(summary: str) -> None:
    """End the command with exit code 1 because of faulty rows, and say `summary`."""
    click.echo(summary)
    click.echo(
        "Nothing was written. Correct these rows, or leave them out with --skip-faulty.", err=True
    )
    raise SystemExit(1)
