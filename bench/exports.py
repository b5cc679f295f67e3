"""The export of answers, long and wide, each written by a process of its own so that its memory is known."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from bench import copying, memory, seeding
from bench.instance import Instance, instance
from bench.measured import Measured
from portal import config, store
from portal.app import create_app
from portal.buyers.models import Buyer
from portal.database import db
from portal.reports.csv_writer import FORMATS, Preset, texts
from portal.reports.export import Export, Layout, Row, Subject, Wanted
from portal.reports.exporting import export
from portal.reports.files import write_csv

_FLOOR_CELLS = 2_000_000


class Written(NamedTuple):
    """What one export wrote, in how many seconds, and the most bytes its process has held."""

    cells: int
    seconds: float
    memory: int | None


def measure(declarations: int, rounds: int) -> list[Measured]:
    """Return the cells per second of both layouts, and the memory at a tenth of the size and at the whole."""
    with instance() as here:
        with Session(db.engine, expire_on_commit=False) as session:
            seeding.add_one_buyer(session)
            tenth = max(1, declarations // 10)
            small = copying.fill(session, tenth, "small")
            copying.fill(session, declarations - tenth, "large")
        return [
            found
            for layout in Layout
            for found in _layout(here, layout, declarations, small, rounds)
        ]


def _layout(
    here: Instance, layout: Layout, declarations: int, small: int, rounds: int
) -> Iterator[Measured]:
    floor = [_floor(here, layout) for _ in range(rounds)]
    for count, campaign_id in ((declarations // 10, small), (declarations, None)):
        wanted = Wanted(campaign_id, layout)
        written = [_apart(here, wanted) for _ in range(rounds)]
        yield Measured(
            f"export, {layout}, {count:,} declarations",
            "cells/s",
            [each.cells / each.seconds for each in written],
            floor,
            max((each.memory for each in written if each.memory), default=None),
        )


def _apart(here: Instance, wanted: Wanted) -> Written:
    """Export in a new process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_export, here.settings, wanted).result()


def _export(settings: dict[str, str], wanted: Wanted) -> Written:
    with create_app(config.load(settings)).app_context():
        begin = time.perf_counter()
        counted = _Counted()
        with store.read_only(), Session(db.engine) as session:
            write_csv(counted.watch(_found(session, wanted)), _file(settings), Preset.DATA)
        return Written(counted.cells, time.perf_counter() - begin, memory.peak())


def _found(session: Session, wanted: Wanted) -> Export:
    store.scope(session, session.query(Buyer).one().id)
    return export(session, Subject.ANSWERS, wanted, datetime.now(UTC))


def _file(settings: dict[str, str]) -> Path:
    return Path(settings["PORTAL_INSTANCE_PATH"]) / "export.csv"


class _Counted:
    """Counts the cells as they pass."""

    def __init__(self) -> None:
        self.cells = 0

    def watch(self, found: Export) -> Export:
        return Export(found.subject, found.columns, self._rows(found))

    def _rows(self, found: Export) -> Iterator[Row]:
        width = len(found.columns)
        for row in found.rows:
            self.cells += width
            yield row


def _floor(here: Instance, layout: Layout) -> float:
    """Return the cells per second of `csv.writer` writing the same rows, once they are texts."""
    with store.read_only(), Session(db.engine) as session:
        found = _found(session, Wanted(None, layout))
        width = len(found.columns)
        most = max(1, _FLOOR_CELLS // width)
        lines = [texts(row, FORMATS[Preset.DATA]) for row in islice(found.rows, most)]
    path = here.folder / "floor.csv"
    begin = time.perf_counter()
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return len(lines) * width / (time.perf_counter() - begin)
