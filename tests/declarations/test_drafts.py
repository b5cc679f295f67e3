"""Draft answers on both databases: kept, counted, and shared without loss."""

from __future__ import annotations

from datetime import datetime
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.models import Invitation
from portal.declarations import drafts
from portal.declarations.drafts import Change
from tests.makers import make_invitation


@pytest.fixture
def invitation(session: Session) -> Invitation:
    """An invitation that nobody has answered."""
    return make_invitation(session)


def test_answers_and_comments_are_kept(
    session: Session, invitation: Invitation, now: datetime
) -> None:
    changes = {
        "one": Change("yes", "with a word"),
        "rows": Change([{"id": "1", "country": "NO"}]),
        "note": Change(None, "only a comment"),
        "nothing": Change(None),
    }
    saved = drafts.save(session, invitation, changes, "anna", now)
    assert saved.revisions == {"one": 1, "rows": 1, "note": 1, "nothing": 0}
    assert drafts.answers(session, invitation) == {
        "one": "yes",
        "one.comment": "with a word",
        "rows": [{"id": "1", "country": "NO"}],
        "note.comment": "only a comment",
    }


def test_an_answer_can_be_taken_back(
    session: Session, invitation: Invitation, now: datetime
) -> None:
    drafts.save(session, invitation, {"one": Change("yes")}, "anna", now)
    drafts.save(session, invitation, {"one": Change(None, seen=1)}, "anna", now)
    assert drafts.answers(session, invitation) == {}
    assert drafts.revisions(session, invitation) == {"one": 2}


def test_saving_the_same_again_changes_nothing(
    session: Session, invitation: Invitation, now: datetime
) -> None:
    drafts.save(session, invitation, {"one": Change("yes")}, "anna", now)
    before = drafts.fingerprint(drafts.revisions(session, invitation))
    drafts.save(session, invitation, {"one": Change("yes", seen=0)}, "bo", now)
    assert drafts.fingerprint(drafts.revisions(session, invitation)) == before


def test_two_people_get_both_values(
    session: Session, invitation: Invitation, now: datetime
) -> None:
    drafts.save(session, invitation, {"one": Change("yes", seen=0)}, "anna", now)
    saved = drafts.save(
        session, invitation, {"one": Change("no", seen=0), "two": Change(3, seen=0)}, "bo", now
    )
    conflict = saved.conflicts["one"]
    assert (conflict.mine.value, conflict.theirs.value) == ("no", "yes")
    assert saved.revisions == {"one": 1, "two": 1}
    assert drafts.answers(session, invitation) == {"one": "yes", "two": 3}


@pytest.mark.parametrize(("choice", "kept"), [("mine", "no"), ("theirs", "yes")])
def test_the_later_writer_chooses(
    session: Session, invitation: Invitation, now: datetime, choice: str, kept: str
) -> None:
    drafts.save(session, invitation, {"one": Change("yes")}, "anna", now)
    chosen = drafts.resolve({"one": Change("no", seen=1)}, {"one": choice})
    assert not drafts.save(session, invitation, chosen, "bo", now).conflicts
    assert drafts.answers(session, invitation)["one"] == kept


def test_my_own_double_save_is_no_conflict(
    session: Session, invitation: Invitation, now: datetime
) -> None:
    for value in ("yes", "no", "yes"):
        saved = drafts.save(session, invitation, {"one": Change(value, seen=0)}, "anna", now)
        assert not saved.conflicts
    assert drafts.answers(session, invitation) == {"one": "yes"}


def test_two_saves_at_once_lose_nothing(engine: sa.Engine, session: Session, now: datetime) -> None:
    invitation = make_invitation(session)
    buyer_id, invitation_id = invitation.buyer_id, invitation.id
    session.commit()
    outcomes: list[drafts.Saved] = []

    def write(value: str) -> None:
        with Session(engine) as own:
            store.scope(own, buyer_id)
            row = own.get_one(Invitation, invitation_id)
            outcomes.append(drafts.save(own, row, {"one": Change(value, seen=0)}, value, now))
            own.commit()

    writers = [Thread(target=write, args=(value,)) for value in ("yes", "no")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    conflicts = [saved.conflicts["one"] for saved in outcomes if saved.conflicts]
    assert len(outcomes) == 2
    assert len(conflicts) == 1
    assert {conflicts[0].mine.value, conflicts[0].theirs.value} == {"yes", "no"}
