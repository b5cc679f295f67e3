"""What is loaded before the tests stays: no test looks through it for garbage.

A plugin of pytest, the first of those in pyproject.toml: importing makes no garbage either.
"""

from __future__ import annotations

import gc

OBJECTS_BETWEEN_LOOKS = 50_000

gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but only among what tests make, and less often."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
