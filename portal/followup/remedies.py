"""What was done for people who were harmed: how many, which group, what they say; never names."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.events.service import record
from portal.followup.action_models import Asked, CorrectiveAction, Remedy
from portal.suppliers.service import Author


class RemedyFault(enum.StrEnum):
    """What is wrong with a record of a remedy."""

    GROUP_MISSING = "group_missing"
    DONE_MISSING = "done_missing"
    SAID_MISSING = "said_missing"
    PEOPLE_WRONG = "people_wrong"
    NOT_PAST = "not_past"


class RemedyRefused(Exception):
    """The record cannot be kept, for `fault`."""

    def __init__(self, fault: RemedyFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Remedied:
    """Who was affected, what was done and when, and whether they were asked; `people` None: not known."""

    group: str
    people: int | None
    done: str
    asked: Asked
    said: str
    remedied_on: date


def add_remedy(
    session: Session, action: CorrectiveAction, told: Remedied, author: Author
) -> Remedy:
    """Keep a record of what was done for people and return it; also under a closed action.

    Raises:
        RemedyRefused: no group, nothing done, people were asked and their words are missing, a
            number below 1, or a day that is still to come.
    """
    _check(session, told, author)
    remedy = Remedy(
        action_id=action.id,
        people=told.people,
        group=told.group.strip(),
        done=told.done.strip(),
        asked=told.asked,
        said=told.said.strip(),
        remedied_on=told.remedied_on,
        recorded_by=author.name,
        recorded_at=author.at,
    )
    session.add(remedy)
    session.flush()
    record(
        session,
        at=author.at,
        actor_kind=author.kind,
        actor=author.name,
        action="remedy.recorded",
        subject_kind="action",
        subject_id=action.public_id,
        details={"group": remedy.group, "people": remedy.people, "done": remedy.done},
        ip=author.ip,
    )
    return remedy


def remedies_of(session: Session, action: CorrectiveAction) -> list[Remedy]:
    """Return the records of remedy under an action, oldest first."""
    rows = sa.select(Remedy).where(Remedy.action_id == action.id).order_by(Remedy.id)
    return list(session.scalars(rows))


def _check(session: Session, told: Remedied, author: Author) -> None:
    faults = {
        RemedyFault.GROUP_MISSING: not told.group.strip(),
        RemedyFault.PEOPLE_WRONG: told.people is not None and told.people < 1,
        RemedyFault.DONE_MISSING: not told.done.strip(),
        RemedyFault.SAID_MISSING: told.asked is Asked.YES and not told.said.strip(),
        RemedyFault.NOT_PAST: told.remedied_on > local_day(session, author.at),
    }
    for fault, found in faults.items():
        if found:
            raise RemedyRefused(fault)
