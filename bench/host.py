"""What the host of a virtual machine gives to others while we measure: figures of that time say little."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_STAT = Path("/proc/stat")
# The columns of the first line that together are all of the time, and the one that the host withheld.
_ALL = slice(1, 9)
_STOLEN = 8


def watch() -> Callable[[], float | None]:
    """Begin to watch; what is returned tells the share of CPU time that was withheld since, if known."""
    before = _read()

    def withheld() -> float | None:
        after = _read()
        if before is None or after is None or after[0] == before[0]:
            return None
        return (after[1] - before[1]) / (after[0] - before[0])

    return withheld


def _read() -> tuple[int, int] | None:
    """Return all ticks of all cores so far and those withheld (Linux, proc_stat(5)); None elsewhere."""
    try:
        columns = _STAT.read_text().partition("\n")[0].split()
        return sum(map(int, columns[_ALL])), int(columns[_STOLEN])
    except (OSError, IndexError, ValueError):
        return None
