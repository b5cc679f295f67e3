"""Tests on a row of a matrix, as they stand inside conditions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from portal.questionnaires.answers import BANDS, Band, Context, MatrixRow, Scalar
from portal.questionnaires.strict import Strict

SPECIAL_KEYS = frozenset({"id", "valid", "country_risk_gte"})
"""What a row test may name beside columns: the row's own id, or a fact the portal looks up."""


class Cell(Strict):
    """`column: value` in a row test; several values mean any of them."""

    column: str
    values: tuple[Scalar, ...]


class RowTest(Strict):
    """All of what it says holds for one row: cells, and combined tests.

    `valid: true` means held, with a file, and not expired. The value `missing` tests an empty
    cell, `past` a date before today.
    """

    all_: tuple[Self, ...] = Field((), alias="all")
    any_: tuple[Self, ...] = Field((), alias="any")
    not_: Self | None = Field(None, alias="not")
    cells: tuple[Cell, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _gather_cells(cls, data: object) -> object:
        """Turn the columns, which are keys in the text, into a list of cells."""
        if not isinstance(data, Mapping) or "cells" in data:
            return data
        combined = {key: value for key, value in data.items() if key in {"all", "any", "not"}}
        cells = [
            {"column": key, "values": value if isinstance(value, tuple) else (value,)}
            for key, value in data.items()
            if key not in combined
        ]
        if not cells and not combined:
            raise ValueError("an empty test of a row")
        return {**combined, "cells": tuple(cells)}

    def all_cells(self) -> Iterator[Cell]:
        """Yield the cells named here and in the tests inside."""
        yield from self.cells
        for inner in (*self.all_, *self.any_, *((self.not_,) if self.not_ else ())):
            yield from inner.all_cells()

    def matches(self, row: MatrixRow, context: Context) -> bool:
        """Return whether everything said here is true of `row`."""
        return (
            all(test.matches(row, context) for test in self.all_)
            and (not self.any_ or any(test.matches(row, context) for test in self.any_))
            and not (self.not_ is not None and self.not_.matches(row, context))
            and all(_cell_holds(cell, row, context) for cell in self.cells)
        )


def risky(codes: Iterable[str], at_least: Band, context: Context) -> bool:
    """Return whether a country among `codes` has this band or a worse one.

    A country without a band has none to reach: that is false.
    """
    bands = map(context.country_bands.get, codes)
    return any(band is not None and BANDS.index(band) >= BANDS.index(at_least) for band in bands)


def _past(value: object, context: Context) -> bool:
    return isinstance(value, str) and context.today is not None and value < str(context.today)


def _cell_holds(cell: Cell, row: MatrixRow, context: Context) -> bool:
    if cell.column == "valid":
        valid = (
            row.get("held") == "yes"
            and bool(row.get("file"))
            and not _past(row.get("expires_on"), context)
        )
        return valid in cell.values
    if cell.column == "country_risk_gte":
        code = [str(row.get("country"))]
        return any(risky(code, band, context) for band in BANDS if band in cell.values)
    value = row.get(cell.column)
    return (
        (value is not None and value in cell.values)
        or ("missing" in cell.values and value in {None, ""})
        or ("past" in cell.values and _past(value, context))
    )
