"""`portal serve`: the web server, with a worker beside it."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack

import click
from flask import current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces

from portal import config, database

log = logging.getLogger(__name__)

_WORKER = [sys.executable, "-m", "portal", "worker"]
_PAUSE = 3.0
_SECONDS_TO_STOP = 30
# Of a worker. More would wait for each other: a request computes nearly all of its time.
_THREADS = 2


class Companion:
    """A worker process that lives as long as the block, started again should it end by itself."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, name="worker-watch", daemon=True)

    def _start(self) -> subprocess.Popen[bytes]:
        # In a session of its own: Ctrl-C reaches the server alone, which then ends the worker.
        return subprocess.Popen(_WORKER, start_new_session=True)  # noqa: S603 - our own command

    def __enter__(self) -> Companion:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._stopping.set()
            self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            code = self._process.wait()
            if self._stopping.is_set() or self._stopping.wait(_PAUSE):
                return
            with self._lock:
                if self._stopping.is_set():
                    return
                log.error("the worker ended with %s; starting another", code)
                self._process = self._start()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Its port."
)
@click.option(
    "--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that answer."
)
@click.option("--no-worker", is_flag=True, help="Leave mail and reminders to another process.")
@with_appcontext
def command(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the pages, and deliver mail and reminders beside them."""
    config.check_for_serving(current_app.config)
    run(host=host, port=port, workers=workers, with_worker=not no_worker)


def run(*, host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve the current application's pages until stopped; the processes read its settings themselves.

    Raises:
        ConfigError: the database does not answer or lacks tables.
    """
    database.check()
    database.db.engine.dispose()
    # Until the server answers to the signal itself: an end by which the worker is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as beside:
        if with_worker:
            beside.enter_context(Companion())
        answer("portal.app:create_app", host=host, port=port, workers=workers)


def answer(factory: str, *, host: str, port: int, workers: int) -> None:
    """Answer requests with the application that `factory` (`module:function`) makes, until stopped."""
    Granian(
        factory,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        factory=True,
    ).serve()
