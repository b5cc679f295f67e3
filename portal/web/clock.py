"""The moment of a request: the edge asks the clock, rooms are told."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment as aware UTC."""
    return datetime.now(UTC)
