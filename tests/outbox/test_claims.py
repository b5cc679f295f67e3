"""Taking messages out: one taker each, back when the taker is gone, later when refused."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.outbox import service as outbox
from portal.outbox.models import Message, MessageState
from portal.outbox.service import LEASE, RETRY_AFTER
from tests.makers import THEN


def put(session: Session, number: int = 1) -> list[Message]:
    return [
        outbox.queue(
            session,
            template="invitation",
            locale="en",
            recipient=f"office{each}@supplier.example",
            context={},
            now=THEN,
        )
        for each in range(number)
    ]


def test_oldest_is_taken_first_and_by_one_only(session: Session) -> None:
    first, second = put(session, 2)

    assert outbox.claim(session, "a", THEN) is first
    assert outbox.claim(session, "b", THEN) is second
    assert outbox.claim(session, "c", THEN) is None


def test_lease_ends(session: Session) -> None:
    [waiting] = put(session)
    outbox.claim(session, "a", THEN)

    assert outbox.claim(session, "b", THEN + LEASE - timedelta(seconds=1)) is None
    assert outbox.claim(session, "b", THEN + LEASE) is waiting
    assert (waiting.claimed_by, waiting.attempts) == ("b", 2)


def test_what_a_gone_worker_held_is_put_back(session: Session) -> None:
    put(session, 2)
    outbox.claim(session, "gone", THEN)
    outbox.claim(session, "alive", THEN)
    session.flush()

    assert outbox.release_abandoned(session, lambda worker: worker == "gone") == 1
    assert outbox.claim(session, "b", THEN) is not None
    assert outbox.claim(session, "b", THEN) is None


def test_refused_message_waits_longer_each_time_and_then_fails(session: Session) -> None:
    [waiting] = put(session)
    now = THEN
    for pause in RETRY_AFTER:
        assert outbox.claim(session, "a", now) is waiting
        outbox.settle_failed(waiting, "451 later", now)
        assert waiting.due_at == now + pause
        now = waiting.due_at
    outbox.claim(session, "a", now)
    outbox.settle_failed(waiting, "x" * 5000, now)

    assert waiting.state is MessageState.FAILED
    assert len(waiting.error or "") == 1000


def test_two_workers_never_get_the_same_message(engine: sa.Engine, session: Session) -> None:
    put(session, 12)
    buyer = store.scoped_buyer_id(session)
    session.commit()
    taken: list[int] = []

    def work(name: str) -> None:
        with Session(engine) as own:
            store.scope(own, buyer)
            while message := outbox.claim(own, name, THEN):
                taken.append(message.id)
                own.commit()

    workers = [Thread(target=work, args=(name,)) for name in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(taken) == 12
    assert len(set(taken)) == 12
