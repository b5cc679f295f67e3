"""Clients in processes of their own, so that the load does not stand in the portal's way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Barrier

from bench.browser import Browser
from bench.errands import Errand

CLIENTS = 8

Run = Callable[[int, Sequence[Errand]], float]
"""Port, and the errands to do -> seconds until all of them were done."""


@dataclass(frozen=True)
class _Shared:
    """What the clients share: where they wait for each other, and which errand is the next."""

    start: Barrier
    following: Synchronized[int]

    def take(self) -> int:
        """Return the number of an errand that nobody else has taken."""
        with self.following.get_lock():
            number = self.following.value
            self.following.value += 1
        return number


# Of this process, when it is a client.
_shared: _Shared


@contextmanager
def clients() -> Iterator[Run]:
    """Keep the client processes for as long as the block lasts."""
    context = get_context("spawn")
    shared = _Shared(context.Barrier(CLIENTS), context.Value("i"))
    with ProcessPoolExecutor(CLIENTS, context, _join, (shared,)) as pool:

        def run(port: int, errands: Sequence[Errand]) -> float:
            shared.following.value = 0
            waiting = [pool.submit(_client, port, errands) for _ in range(CLIENTS)]
            times = [each.result() for each in waiting]
            return max(done for _begun, done in times) - min(begun for begun, _done in times)

        yield run


def _join(shared: _Shared) -> None:
    global _shared  # noqa: PLW0603 - a process of the pool is told once, at its start
    _shared = shared


def _client(port: int, errands: Sequence[Errand]) -> tuple[float, float]:
    """Do errands for as long as there are any; return the moments of begin and end.

    Nobody has a share of their own: connections fall to the server's workers by chance, and the clients
    of the less busy one would be done early.
    """
    with Browser(port) as browser:
        _shared.start.wait()
        begun = time.monotonic()
        while (number := _shared.take()) < len(errands):
            errands[number].run(browser)
        return begun, time.monotonic()
