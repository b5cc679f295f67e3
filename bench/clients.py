"""Clients in processes of their own, so that the load does not stand in the portal's way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from bench.browser import Browser
from bench.errands import Errand

CLIENTS = 8
_LEAD = 0.3  # seconds: time for every client to have its errands and a connection

Run = Callable[[int, Sequence[Sequence[Errand]]], float]
"""Port, and per client its errands -> seconds until the last client was done."""


def dealt(errands: Sequence[Errand]) -> list[Sequence[Errand]]:
    """Return the errands dealt out to the clients."""
    return [errands[number::CLIENTS] for number in range(CLIENTS)]


@contextmanager
def clients() -> Iterator[Run]:
    """Keep the client processes for as long as the block lasts."""
    with ProcessPoolExecutor(CLIENTS, get_context("spawn")) as pool:
        for waiting in [pool.submit(time.sleep, 1.0) for _ in range(CLIENTS)]:
            waiting.result()

        def run(port: int, errands: Sequence[Sequence[Errand]]) -> float:
            begin = time.monotonic() + _LEAD
            done = [pool.submit(_client, port, each, begin) for each in errands]
            return max(each.result() for each in done) - begin

        yield run


def _client(port: int, errands: Sequence[Errand], begin: float) -> float:
    """Do the errands from the moment `begin` on; return the moment of the last."""
    with Browser(port) as browser:
        time.sleep(max(0.0, begin - time.monotonic()))
        for errand in errands:
            errand.run(browser)
        return time.monotonic()
