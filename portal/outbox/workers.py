"""Who is delivering: a worker's name says enough to know, on its own machine, that it is gone."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from uuid import uuid4

_RUN = uuid4().hex[:8]


def _place() -> str:
    """Return this machine, and the part of it in which process numbers are unique."""
    try:
        numbers = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        numbers = ""
    return f"{socket.gethostname()}{numbers}"


def this_worker() -> str:
    """Return this process's name: machine, process number, and a word that a restart changes."""
    return f"{_place()}/{os.getpid()}/{_RUN}"


def is_gone(name: str) -> bool:
    """Return whether worker `name` certainly runs no more; of other machines that is never known."""
    place, _, process = name.rpartition("/")[0].rpartition("/")
    if place != _place() or name == this_worker():
        return False
    if int(process) == os.getpid():
        return True  # its number is ours now
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
