"""Draft answers: saved field by field, never lost, and never silently overwritten by a colleague."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.models import Answer
from portal.store import JsonObject

COMMENT = ".comment"
FIRST_REVISION = 1


class Change(NamedTuple):
    """An answer as written: None is no answer; `seen` is the revision the writer had before them.

    A writer who saw no answer names 0; None means that the page did not say, and nothing is compared.
    `put_aside` keeps an empty answer: something was proposed, and it is not so any more.
    """

    value: Any
    comment: str = ""
    seen: int | None = None
    put_aside: bool = False


@dataclass(frozen=True)
class Conflict:
    """Two people answered one question: what was written now, and what somebody else had saved."""

    question_id: str
    mine: Change
    theirs: Change
    at: datetime


@dataclass(frozen=True)
class Saved:
    """What a save did: answer and revision of every question it named, and what it left for a choice."""

    answers: Mapping[str, Change]
    revisions: Mapping[str, int]
    conflicts: Mapping[str, Conflict]


def save(
    session: Session,
    invitation: Invitation,
    changes: Mapping[str, Change],
    by: str,
    now: datetime,
) -> Saved:
    """Keep `changes` by question id; `by` names the browser session that wrote them.

    An answer that somebody else changed meanwhile to something else stays and is returned as a
    conflict; the writer chooses, and saves again with the revision that was shown.
    """
    session.execute(_WAIT, {"invitation_id": invitation.id})
    rows = _rows(session, invitation, list(changes))
    new: list[JsonObject] = []
    answers: dict[str, Change] = {}
    revisions: dict[str, int] = {}
    conflicts: dict[str, Conflict] = {}
    for question_id, change in changes.items():
        row = rows.get(question_id)
        if row is not None and _overtaken(row, change, by):
            conflicts[question_id] = Conflict(question_id, change, _change(row), row.updated_at)
        elif row is None:
            answers[question_id] = _first(change)
            revisions[question_id] = answers[question_id].seen or 0
            if revisions[question_id]:
                new.append(_columns(invitation, question_id, change, by=by, now=now))
            continue
        elif (row.value, row.comment) != (change.value, change.comment):
            row.value, row.comment = change.value, change.comment
            row.revision, row.updated_by, row.updated_at = row.revision + 1, by, now
        answers[question_id], revisions[question_id] = _change(row), row.revision
    session.flush()
    if new:
        # As columns: SQLite is given all at once, where objects would each wait for their id.
        session.execute(_ADD, new)
    return Saved(answers, revisions, conflicts)


def resolve(changes: Mapping[str, Change], choices: Mapping[str, str]) -> dict[str, Change]:
    """Return the changes to save once conflicts were decided: those where "theirs" stands are left out."""
    return {name: change for name, change in changes.items() if choices.get(name) != "theirs"}


def answers(session: Session, invitation: Invitation) -> dict[str, Any]:
    """Return what is answered so far by question id; a comment stands under `<question id>.comment`."""
    return answers_and_revisions(session, invitation)[0]


def revisions(session: Session, invitation: Invitation) -> dict[str, int]:
    """Return the revision of each stored answer by question id."""
    return answers_and_revisions(session, invitation)[1]


def answers_and_revisions(
    session: Session, invitation: Invitation
) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the answers so far, and the revision of each, in one look."""
    found: dict[str, Any] = {}
    seen: dict[str, int] = {}
    rows = session.execute(_STATE, {"invitation_id": invitation.id})
    for question_id, value, comment, revision in rows:
        seen[question_id] = revision
        if value is not None:
            found[question_id] = value
        if comment:
            found[question_id + COMMENT] = comment
    return found, seen


# Read for every page: columns instead of objects.
_STATE = (
    sa.select(Answer.question_id, Answer.value, Answer.comment, Answer.revision)
    .where(Answer.invitation_id == sa.bindparam("invitation_id"))
    .order_by(Answer.id)
)


def fingerprint(seen: Mapping[str, int]) -> str:
    """Return a short text that changes whenever a revision does: what a signatory has read."""
    return hashlib.sha256(repr(sorted(seen.items())).encode()).hexdigest()[:16]


def lock(session: Session, invitation: Invitation) -> None:
    """Wait until nobody else is saving or signing this invitation, and see what they wrote."""
    session.execute(_LOCK, {"invitation_id": invitation.id})


def _rows(
    session: Session, invitation: Invitation, question_ids: Sequence[str]
) -> dict[str, Answer]:
    wanted = {"invitation_id": invitation.id, "question_ids": question_ids}
    return {row.question_id: row for row in session.scalars(_ROWS, wanted)}


# Every save asks these, so they are built once.
_ADD = sa.insert(Answer)
_WAIT = (
    sa.select(Invitation.id).where(Invitation.id == sa.bindparam("invitation_id")).with_for_update()
)
_LOCK = (
    sa.select(Invitation)
    .where(Invitation.id == sa.bindparam("invitation_id"))
    .with_for_update(of=Invitation)
    .execution_options(populate_existing=True)
)
_ROWS = (
    sa.select(Answer)
    .where(
        Answer.invitation_id == sa.bindparam("invitation_id"),
        Answer.question_id.in_(sa.bindparam("question_ids", expanding=True)),
    )
    .execution_options(populate_existing=True)
)


def _overtaken(row: Answer, change: Change, by: str) -> bool:
    return (
        change.seen is not None
        and change.seen != row.revision
        and row.updated_by != by
        and (row.value, row.comment) != (change.value, change.comment)
    )


def _change(row: Answer) -> Change:
    return Change(row.value, row.comment, row.revision)


def _first(change: Change) -> Change:
    """Return the first answer to a question as it is stored; without a revision if nothing is."""
    if change.value is None and not change.comment and not change.put_aside:
        return Change(None)
    return Change(change.value, change.comment, FIRST_REVISION)


def _columns(
    invitation: Invitation, question_id: str, change: Change, *, by: str, now: datetime
) -> JsonObject:
    return {
        "buyer_id": invitation.buyer_id,
        "invitation_id": invitation.id,
        "question_id": question_id,
        "value": change.value,
        "comment": change.comment,
        "revision": FIRST_REVISION,
        "updated_by": by,
        "updated_at": now,
    }
