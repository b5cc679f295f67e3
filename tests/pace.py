"""In which order tests run, and how often Python looks for garbage; a plugin of pytest (pyproject.toml)."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable

import pytest

# Whole journeys take half a minute each: left to the end, one process would run them alone.
_LONG = (
    "tests/browser/",
    "tests/acceptance/",
    "tests/mail/test_crashes",
    "tests/functional/test_demo",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin every process's share with journeys."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    journeys = [each for each in items if each.nodeid.startswith(_LONG)]
    others = [each for each in items if not each.nodeid.startswith(_LONG)]
    items[:] = [each for share in _shares(journeys, others, processes) for each in share]


def pytest_collection_finish() -> None:
    """Leave alone what is loaded by now: it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def _shares(
    journeys: list[pytest.Item], others: list[pytest.Item], processes: int
) -> Iterable[list[pytest.Item]]:
    """Yield one list per process, as long as those that `--dist worksteal` deals out."""
    total, begin = len(journeys) + len(others), 0
    for number in range(processes):
        first = journeys[number::processes]
        length = total * (number + 1) // processes - total * number // processes
        end = begin + max(0, length - len(first))
        yield first + (others[begin:end] if number < processes - 1 else others[begin:])
        begin = end
