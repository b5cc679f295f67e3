"""The audit trail: chained, masked, only ever added to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.events.models import Actor, Event
from portal.events.service import START, Entry, mask_ip, record, record_all, verify_chain
from tests.conftest import NOW
from tests.makers import other_buyer


def note(session: Session, action: str = "supplier.added", at: datetime = NOW) -> Event:
    return record(
        session,
        at=at,
        actor_kind=Actor.BUYER,
        actor="kari@fjordlab.example",
        action=action,
        subject_kind="supplier",
        subject_id=7,
        details={"name": "Ørsted & sønn", "score": 1.5},
        ip="203.0.113.77",
    )


def rewrite(session: Session, statement: str, seq: int) -> None:
    """Change the table behind the portal's back."""
    session.execute(sa.text(statement), {"seq": seq})
    session.expire_all()


def test_rows_are_numbered_and_chained(session: Session) -> None:
    first, second = note(session), note(session)
    assert (first.seq, first.prev_hash) == (1, START)
    assert (second.seq, second.prev_hash) == (2, first.row_hash)


def test_each_buyer_has_a_trail_of_its_own(session: Session) -> None:
    note(session)
    other_buyer(session)
    assert note(session).seq == 1


def test_a_whole_trail_verifies_after_storing(session: Session) -> None:
    for _ in range(3):
        note(session)
    session.commit()
    session.expire_all()
    assert verify_chain(session) is None


def test_an_empty_trail_is_whole(session: Session) -> None:
    assert verify_chain(session) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'somebody else' WHERE seq = :seq",
        "UPDATE event SET details = '{}' WHERE seq = :seq",
        "UPDATE event SET row_hash = prev_hash WHERE seq = :seq",
        "DELETE FROM event WHERE seq = :seq",
    ],
)
def test_a_changed_or_missing_row_is_named(session: Session, statement: str) -> None:
    for _ in range(3):
        note(session)
    rewrite(session, statement, 2)
    assert verify_chain(session) == 2


def test_concurrent_writers_make_one_chain(engine: sa.Engine, session: Session) -> None:
    buyer_id = store.scoped_buyer_id(session)
    session.commit()

    def write(_: int) -> None:
        with Session(engine) as own:
            store.scope(own, buyer_id)
            note(own)
            own.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(12)))
    assert session.scalars(sa.select(Event.seq).order_by(Event.seq)).all() == list(range(1, 13))
    assert verify_chain(session) is None


def test_rows_cannot_be_changed(session: Session) -> None:
    note(session).action = "something else"
    with pytest.raises(store.AppendOnlyError):
        session.flush()


def test_rows_cannot_be_deleted(session: Session) -> None:
    session.delete(note(session))
    with pytest.raises(store.AppendOnlyError):
        session.flush()


@pytest.mark.parametrize("statement", [sa.update(Event).values(action="x"), sa.delete(Event)])
def test_rows_cannot_be_changed_by_the_dozen(session: Session, statement: sa.Executable) -> None:
    with pytest.raises(store.AppendOnlyError):
        session.execute(statement)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("2001:db8:1234:5678::1", "2001:db8:1234::"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_addresses_are_masked(address: str, masked: str) -> None:
    assert mask_ip(address) == masked


def test_a_stored_address_is_masked(session: Session) -> None:
    assert note(session).ip == "203.0.113.0"


def test_many_rows_at_once_continue_the_chain(session: Session) -> None:
    entries = [Entry(NOW, Actor.SYSTEM, "worker", f"test.{number}") for number in range(3)]
    record_all(session, entries[:1])
    rows = record_all(session, entries[1:])
    assert [(row.seq, row.action) for row in rows] == [(2, "test.1"), (3, "test.2")]
    assert verify_chain(session) is None
