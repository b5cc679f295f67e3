"""What differs between what a row holds and what it shall hold, in words for people and the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Change:
    """One field that gets another value, both as text; `contact` is the address if it is a contact's."""

    field: str
    old: str
    new: str
    contact: str = ""


def differences(
    held: Mapping[str, object], wanted: Mapping[str, object], contact: str = ""
) -> Iterator[Change]:
    """Yield a change for every field of `wanted` that `held` has otherwise or not at all."""
    for field, new in wanted.items():
        old = held.get(field)
        if old != new:
            yield Change(field, plain(old), plain(new), contact)


def plain(value: object) -> str:
    """Return a value as text: a list with commas, an amount with two decimals, nothing as empty."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value)


def as_details(changes: list[Change]) -> list[dict[str, str]]:
    """Return the changes as the audit trail keeps them."""
    return [
        {"field": change.field, "old": change.old, "new": change.new}
        | ({"contact": change.contact} if change.contact else {})
        for change in changes
    ]
