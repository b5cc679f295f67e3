"""Threads with a supplier: written in, read, closed; their link opens them until it is replaced."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.links import Links, Purpose, UnknownLink
from portal.declarations.attachments import Accepted
from portal.files import StoredFile
from portal.followup import correspondence as letters
from portal.followup.correspondence import Given, NothingWritten, NotReachable, ThreadClosed
from portal.followup.delivery import unwanted
from portal.followup.links import ReplacedThreadLink, resolve
from portal.followup.models import Correspondence, Remark
from portal.outbox.service import queue
from portal.store import AppendOnlyError
from tests.makers import make_contact, make_invitation, other_buyer

PDF = Given(Accepted("slip.pdf", "application/pdf", b"%PDF"), StoredFile("ab/abc", 4, "0" * 64))


@pytest.fixture
def thread(session: Session, now: datetime) -> Correspondence:
    """A thread with one contact, in which nothing is written."""
    return letters.begin(session, make_contact(session), by="kim@fjordlab.example", now=now)


def _write(
    session: Session, thread: Correspondence, now: datetime, text: str = "Which site is it?"
) -> Remark:
    return letters.write(session, thread, text=text, author="kim", by_supplier=False, now=now)


def test_what_was_written_is_read_in_order_with_its_files(
    session: Session, thread: Correspondence, now: datetime
) -> None:
    _write(session, thread, now)
    letters.write(
        session, thread, text="Gdynia", author="office", by_supplier=True, files=[PDF], now=now
    )
    first, second = letters.thread(session, thread)
    assert [first.remark.text, second.remark.text] == ["Which site is it?", "Gdynia"]
    assert [file.name for file in second.files] == ["slip.pdf"]
    found = letters.file_in(session, thread, second.files[0].id)
    assert found is not None
    assert found.storage_key == "ab/abc"


def test_a_file_is_found_in_its_own_thread_only(
    session: Session, thread: Correspondence, now: datetime
) -> None:
    letters.write(session, thread, text="", author="o", by_supplier=True, files=[PDF], now=now)
    other = letters.begin(session, make_contact(session), by="kim@fjordlab.example", now=now)
    (entry,) = letters.thread(session, thread)
    assert letters.file_in(session, other, entry.files[0].id) is None


def test_nothing_is_not_a_remark(session: Session, thread: Correspondence, now: datetime) -> None:
    with pytest.raises(NothingWritten):
        _write(session, thread, now, text="  ")


def test_a_remark_is_never_changed(session: Session, thread: Correspondence, now: datetime) -> None:
    remark = _write(session, thread, now)
    remark.text = "Something else"
    with pytest.raises(AppendOnlyError):
        session.flush()
    session.rollback()


def test_a_closed_thread_takes_nothing_more(
    session: Session, thread: Correspondence, now: datetime
) -> None:
    letters.close(thread, now=now)
    with pytest.raises(ThreadClosed):
        _write(session, thread, now)
    with pytest.raises(ThreadClosed):
        letters.close(thread, now=now)


def test_nobody_writes_to_who_cannot_be_written_to(session: Session, now: datetime) -> None:
    contact = make_contact(session, left_at=now)
    with pytest.raises(NotReachable):
        letters.begin(session, contact, by="kim@fjordlab.example", now=now)


def test_the_link_opens_the_thread_for_its_buyer(session: Session, thread: Correspondence) -> None:
    links = Links(["key"])
    token = links.token(thread, Purpose.FOLLOW_UP)
    assert len(token) < 150
    buyer_id = thread.buyer_id
    other_buyer(session)
    found = resolve(session, links.read(token))
    assert found.public_id == thread.public_id
    assert store.scoped_buyer_id(session) == buyer_id


def test_a_replaced_link_says_so(session: Session, thread: Correspondence) -> None:
    claim = (links := Links(["key"])).read(links.token(thread, Purpose.FOLLOW_UP))
    thread.link_version += 1
    session.flush()
    with pytest.raises(ReplacedThreadLink):
        resolve(session, claim)


def test_the_link_of_an_invitation_opens_no_thread(session: Session) -> None:
    links = Links(["key"])
    invitation = make_invitation(session)
    with pytest.raises(UnknownLink):
        resolve(session, links.read(links.token(invitation)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"left_at": True}, "the contact has left"),
        ({"bounced_at": True}, "mail to this address came back"),
        ({"objected_at": True}, "the contact does not want to be asked"),
        ({"email": "new@supplier.example"}, "somebody else is written to now"),
    ],
)
def test_mail_is_looked_at_again_when_it_is_sent(
    session: Session,
    thread: Correspondence,
    now: datetime,
    change: dict[str, object],
    reason: str | None,
) -> None:
    message = queue(
        session,
        template="clarification",
        locale="en",
        recipient=thread.contact.email,
        context={},
        correspondence_id=thread.id,
        now=now,
    )
    for name, value in change.items():
        setattr(thread.contact, name, now if value is True else value)
    assert unwanted(session, message, thread) == reason
    letters.close(thread, now=now)
    assert unwanted(session, message, thread) == "the thread is closed"
