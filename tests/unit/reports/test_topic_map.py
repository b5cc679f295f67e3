"""The buyer's heat map from dictionaries: counted by level, gravest first, the unknown beside it."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.ratings.settings import Band
from portal.reports.topic_map import Cell, Rated, drawn, heat

SEVERITIES = {"child_labour": 5, "osh": 4, "wages": 3}


def rated(group: str, basis: str = "self_declared", **bands: str) -> Rated:
    return Rated(group, {topic: {"band": band} for topic, band in bands.items()}, basis)


FOUND = drawn(
    [
        rated("coffee", child_labour="low", wages="very_high"),
        rated("coffee", "not_answered", child_labour="high", wages="very_high"),
        rated("it", osh="medium"),
        Rated("it", None, None),
        Rated("it", None, None),
    ],
    lambda topic: SEVERITIES[topic],
)


def test_severity_orders_before_likelihood() -> None:
    assert [row.topic for row in FOUND.rows] == ["child_labour", "osh", "wages"]
    assert FOUND.groups == [("it", 3), ("coffee", 2)]


def test_levels_are_counted_and_never_averaged() -> None:
    cell = FOUND.rows[0].cells["coffee"]
    assert cell.levels == Counter({Band.LOW: 1, Band.HIGH: 1})
    assert (cell.worst, cell.silent, cell.unknown) == (Band.HIGH, 1, 0)


def test_what_is_unknown_is_counted_in_every_cell() -> None:
    for row in FOUND.rows:
        for cell in (row.all, *row.cells.values()):
            assert cell.levels.total() + cell.unknown in (2, 3, FOUND.suppliers)
    assert FOUND.rows[0].all.unknown == 3
    assert FOUND.rows[0].cells["it"].worst is None


def test_only_what_is_known_is_drawn_as_low() -> None:
    low = Counter({Band.LOW: 2})
    assert Cell(low).heat(5) is Band.LOW
    assert Cell(low, unknown=1).heat(5) is None
    assert Cell(low, silent=1).heat(5) is None
    assert Cell(Counter({Band.HIGH: 1}), silent=1, unknown=9).heat(4) is Band.HIGH


@pytest.mark.parametrize(
    ("severity", "level", "shown"),
    [
        (5, Band.MEDIUM, Band.HIGH),
        (5, Band.VERY_HIGH, Band.VERY_HIGH),
        (5, Band.LOW, Band.LOW),
        (4, Band.HIGH, Band.HIGH),
        (3, Band.VERY_HIGH, Band.HIGH),
        (1, Band.MEDIUM, Band.MEDIUM),
    ],
)
def test_severity_colours_before_likelihood(severity: int, level: Band, shown: Band) -> None:
    assert heat(severity, level) is shown
