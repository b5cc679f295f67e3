"""Memory of processes, in bytes, as Linux tells it; None where it does not."""

from __future__ import annotations

import re
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak(pid: int | str = "self") -> int | None:
    """Return the most memory that the process has held so far."""
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None


def largest_child(pid: int) -> int | None:
    """Return the peak of the largest process that `pid` has started: a web server's worker."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    return max((found for child in children if (found := peak(child))), default=None)
