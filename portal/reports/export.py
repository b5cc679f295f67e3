"""What an export is: named columns, and rows that come one after another."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

Cell = str | int | float | Decimal | date | datetime | None
Row = Iterable[Cell]

# Rows fetched at a time: enough to be quick, few enough to keep memory flat.
CHUNK = 500
# Between the entries of a list in one cell.
BETWEEN = " | "


class Subject(enum.StrEnum):
    """What can be exported."""

    DECLARATIONS = "declarations"
    ANSWERS = "answers"
    FINDINGS = "findings"
    INVITATIONS = "invitations"
    RATINGS = "ratings"
    PUBLIC_ANSWERS = "public_answers"
    ACTIONS = "actions"
    VISITS = "visits"
    CALLS = "calls"
    EVENTS = "events"
    VALIDITY = "validity"
    RESPONSES = "responses"


class Layout(enum.StrEnum):
    """Answers one per row, or one declaration per row with a column for each question."""

    LONG = "long"
    WIDE = "wide"


@dataclass(frozen=True)
class Wanted:
    """Which rows and columns: one campaign or (None) all of the session's buyer."""

    campaign_id: int | None = None
    layout: Layout = Layout.LONG
    personal_data: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its name, the kind of its cells, what they mean, whether they name a person."""

    name: str
    kind: str
    note: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Export:
    """The columns, known before any row is read, and the rows, which can be read once."""

    subject: Subject
    columns: tuple[Column, ...]
    rows: Iterator[Row]


class Field:
    """A column and where its cells come from: SQL expressions, and what makes one cell of them."""

    def __init__(
        self, column: Column, *sources: Any, read: Callable[..., Cell] | None = None
    ) -> None:
        self.column, self.sources, self.read = column, sources, read


def field(
    name: str,
    kind: str,
    *sources: Any,
    note: str = "",
    personal: bool = False,
    read: Callable[..., Cell] | None = None,
) -> Field:
    """Return the field `name`; without `read` its cells are its one source as it stands."""
    return Field(Column(name, kind, note, personal), *sources, read=read)


def table(
    session: Session,
    subject: Subject,
    fields: Iterable[Field],
    narrow: Callable[[sa.Select[Any]], sa.Select[Any]],
    *,
    personal_data: bool,
) -> Export:
    """Return the export whose rows are read straight from the database.

    `narrow` gives the statement its tables, conditions and order.
    """
    kept = [each for each in fields if personal_data or not each.column.personal]
    statement = narrow(sa.select(*(source for each in kept for source in each.sources)))
    return Export(subject, tuple(each.column for each in kept), _rows(session, statement, kept))


def _rows(session: Session, statement: sa.Select[Any], fields: list[Field]) -> Iterator[Row]:
    readers, start = [], 0
    for each in fields:
        end = start + len(each.sources)
        readers.append((each.read, start, end))
        start = end
    for row in session.execute(statement.execution_options(yield_per=CHUNK)):
        yield [row[i] if read is None else read(*row[i:j]) for read, i, j in readers]


def joined(values: Iterable[object] | None) -> str:
    """Return the entries of a list as one cell."""
    return BETWEEN.join(map(str, values or ()))
