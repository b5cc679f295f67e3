"""The list of suppliers to call, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.followup.calls import ToCall
from portal.reports.export import Column, Row


@dataclass(frozen=True)
class CallList:
    """Columns and rows, one per supplier to call."""

    columns: tuple[Column, ...]
    rows: Iterator[Row]


COLUMNS = tuple(
    Column(name, kind)
    for name, kind in (
        ("supplier_key", "text"),
        ("supplier_name", "text"),
        ("criticality", "A|B|C"),
        ("campaign", "text"),
        ("contact_name", "text"),
        ("contact_phone", "text"),
        ("contact_email", "text"),
        ("days_late", "int"),
        ("next_on", "date"),
        ("last_called_at", "datetime"),
        ("last_outcome", "reached|not_reached|promised|refuses|wrong_number"),
        ("last_note", "text"),
        ("next_step", "text"),
    )
)


def call_list(found: Iterable[ToCall]) -> CallList:
    """Return `found` as a table, in its order."""
    return CallList(COLUMNS, (_row(one) for one in found))


def _row(one: ToCall) -> Row:
    supplier, last = one.invitation.supplier, one.last
    return [
        supplier.key,
        supplier.name,
        supplier.criticality,
        one.invitation.campaign.title,
        one.contact.name,
        one.contact.phone,
        one.contact.email,
        one.days_late,
        one.next_on,
        last.called_at if last else None,
        last.outcome if last else None,
        last.note if last else "",
        last.next_step if last else "",
    ]
