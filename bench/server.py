"""The web server as a process of its own, on a port of its own: 2 workers, as `portal serve` runs it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from socket import create_connection, create_server

from bench import memory
from bench.browser import UnexpectedAnswer

WORKERS = 2
_PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the process that began the workers."""

    port: int
    pid: int

    def memory(self) -> int | None:
        """Return the most bytes that one worker has held."""
        return memory.largest_child(self.pid)


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve the application that the factory `target` makes, for as long as the block lasts."""
    port = _free_port()
    answer = f"answer({target!r}, host='127.0.0.1', port={port}, workers={WORKERS})"
    command = [sys.executable, "-c", f"from portal.cli.serve import answer; {answer}"]
    process = subprocess.Popen(command, env=dict(environment))
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise UnexpectedAnswer("the web server did not start")
