"""The audit trail: rows that are only ever added, each holding the hash of the one before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network

import rfc8785
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Actor, Event
from portal.store import JsonObject, scoped_buyer_id

# What the first row of a buyer's trail holds in place of an earlier row's hash.
START = "0" * 64

# The first half of the two-part PostgreSQL lock; the second is the buyer's id.
_LOCK = 7101


def mask_ip(address: str) -> str:
    """Return the network of `address`: the first 24 bits of IPv4, 48 of IPv6; empty if it is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = 24 if parsed.version == 4 else 48
    return str(ip_network(f"{parsed}/{bits}", strict=False).network_address)


@dataclass(frozen=True)
class Entry:
    """What a row of the trail shall say; `ip` is masked when it is written."""

    at: datetime
    actor_kind: Actor
    actor: str
    action: str
    subject_kind: str = ""
    subject_id: object = ""
    details: JsonObject | None = None
    ip: str = ""


def record(
    session: Session,
    *,
    at: datetime,
    actor_kind: Actor,
    actor: str,
    action: str,
    subject_kind: str = "",
    subject_id: object = "",
    details: JsonObject | None = None,
    ip: str = "",
) -> Event:
    """Add a row to the trail of the session's buyer and return it, flushed.

    `ip` is masked here. Writers of one buyer wait for each other until the transaction ends.

    Raises:
        portal.store.UnscopedError: the session is not scoped to one buyer.
    """
    entry = Entry(at, actor_kind, actor, action, subject_kind, subject_id, details, ip)
    return record_all(session, [entry])[0]


def record_all(session: Session, entries: Iterable[Entry]) -> list[Event]:
    """Add a row for each entry, in order, and return them, flushed: one look at the chain for all.

    Raises:
        portal.store.UnscopedError: the session is not scoped to one buyer.
    """
    buyer_id = scoped_buyer_id(session)
    _wait_for_other_writers(session, buyer_id)
    last = session.execute(_LAST).first()
    seq, previous = (last.seq, last.row_hash) if last else (0, START)
    rows: list[Event] = []
    for entry in entries:
        seq += 1
        row = _row(entry, buyer_id, seq, previous)
        previous = row.row_hash
        rows.append(row)
    session.add_all(rows)
    session.flush()
    return rows


_LAST = sa.select(Event.seq, Event.row_hash).order_by(Event.seq.desc()).limit(1)


def _row(entry: Entry, buyer_id: int, seq: int, previous: str) -> Event:
    row = Event(
        buyer_id=buyer_id,
        seq=seq,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor=entry.actor,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=str(entry.subject_id),
        details=entry.details or {},
        ip=mask_ip(entry.ip),
        prev_hash=previous,
    )
    row.row_hash = hash_of(row)
    return row


def hash_of(row: Event) -> str:
    """Return the SHA-256, in hex, of the row's content with the hash of the row before it.

    The content is written as canonical JSON (RFC 8785).
    """
    content: JsonObject = {
        "buyer_id": row.buyer_id,
        "seq": row.seq,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_kind": row.actor_kind.value,
        "actor": row.actor,
        "action": row.action,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "details": row.details,
        "ip": row.ip,
        "prev_hash": row.prev_hash,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def verify_chain(session: Session) -> int | None:
    """Return the number of the first row that was changed or removed, None if the trail is whole.

    The trail is that of the session's buyer.
    """
    scoped_buyer_id(session)
    expected, previous = 1, START
    query = sa.select(Event).order_by(Event.seq).execution_options(yield_per=1000)
    with closing(session.scalars(query)) as rows:
        for row in rows:
            if row.seq != expected or row.prev_hash != previous or row.row_hash != hash_of(row):
                return expected
            expected, previous = expected + 1, row.row_hash
    return None


def _wait_for_other_writers(session: Session, buyer_id: int) -> None:
    """Let one transaction at a time add to a buyer's trail; on SQLite a writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, buyer_id)))
