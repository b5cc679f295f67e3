"""Tables of what happens after an answer: corrective actions, remedies, and what others report."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.buyers.models import User
from portal.followup.models import Correspondence
from portal.ratings.models import Finding
from portal.store import AppendOnly, Base, BuyerOwned, JsonObject, PrimaryKey
from portal.suppliers.models import Supplier


class ActionState(enum.StrEnum):
    """How far a corrective action has come; *overdue* is computed from the day it is due."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"  # as its supplier or owner says; nobody has looked yet
    PUT_OFF = "put_off"
    CLOSED = "closed"  # a person of the buyer has looked, and there is proof


class CorrectiveAction(Base, BuyerOwned):
    """What is to be done about a finding: by whom, until when, and where it stands now."""

    __tablename__ = "corrective_action"

    id: Mapped[PrimaryKey]
    public_id: Mapped[str] = mapped_column(sa.String(36), unique=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    measure: Mapped[str] = mapped_column(sa.Text)
    # As the questionnaire drafted it, so that each reader gets it in a language of their own.
    as_drafted: Mapped[bool] = mapped_column(default=False)
    # The person at the buyer who sees to it.
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN, index=True)
    # The thread with the supplier, once it is shared; its link opens the action.
    correspondence_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("correspondence.id"), unique=True
    )
    created_at: Mapped[datetime]
    created_by: Mapped[str]

    finding: Mapped[Finding] = relationship()
    supplier: Mapped[Supplier] = relationship()
    correspondence: Mapped[Correspondence | None] = relationship()
    owner: Mapped[User] = relationship()


class StepKind(enum.StrEnum):
    """What happened to an action."""

    DRAWN_UP = "drawn_up"
    CHANGED = "changed"  # measure, owner or day
    SHARED = "shared"  # the supplier got a link to it
    MOVED = "moved"  # somebody said how far it has come
    PROPOSED = "proposed"  # the supplier wants another measure or day
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SENT_BACK = "sent_back"  # checked, and not enough
    CLOSED = "closed"  # checked, and good


class ActionStep(Base, BuyerOwned, AppendOnly):
    """One thing that happened to an action: who, when, what, and the state it led to."""

    __tablename__ = "action_step"

    id: Mapped[PrimaryKey]
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("corrective_action.id"), index=True)
    kind: Mapped[StepKind]
    state: Mapped[ActionState]
    by: Mapped[str]
    by_supplier: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    # A reason, what was done, or what was seen, in the words of the person.
    text: Mapped[str] = mapped_column(sa.Text, default="")
    # What was set or proposed: measure, owner, due_on; of a check also visited_on and flag_cleared.
    details: Mapped[JsonObject] = mapped_column(default=dict)


class ProofFile(Base, BuyerOwned, AppendOnly):
    """A file that shows what was done, given with a step."""

    __tablename__ = "proof_file"

    id: Mapped[PrimaryKey]
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("corrective_action.id"), index=True)
    step_id: Mapped[int] = mapped_column(sa.ForeignKey("action_step.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    storage_key: Mapped[str] = mapped_column(unique=True)

    action: Mapped[CorrectiveAction] = relationship()


class Asked(enum.StrEnum):
    """Whether the people who were harmed were asked what would put it right."""

    YES = "yes"
    NO = "no"
    NOT_POSSIBLE = "not_possible"


class Remedy(Base, BuyerOwned, AppendOnly):
    """What was done for people who were harmed; groups and numbers, never a person's name."""

    __tablename__ = "remedy"

    id: Mapped[PrimaryKey]
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("corrective_action.id"), index=True)
    # None: not known.
    people: Mapped[int | None]
    group: Mapped[str]
    done: Mapped[str] = mapped_column(sa.Text)
    asked: Mapped[Asked]
    said: Mapped[str] = mapped_column(sa.Text, default="")
    remedied_on: Mapped[date]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class SourceKind(enum.StrEnum):
    """Who reported something about a supplier."""

    PRESS = "press"
    PARTNER = "partner"
    WORKER = "worker"
    OTHER = "other"


class Certainty(enum.StrEnum):
    """How sure it is."""

    ALLEGED = "alleged"
    PROBABLE = "probable"
    CONFIRMED = "confirmed"


class Involvement(enum.StrEnum):
    """How the buyer is linked to the harm, in the terms of the OECD guidelines."""

    CAUSED = "caused"
    CONTRIBUTED = "contributed"
    LINKED = "linked"


class Allegation(Base, BuyerOwned, AppendOnly):
    """Where a finding comes from that no answer revealed; it never goes to the supplier."""

    __tablename__ = "allegation"

    id: Mapped[PrimaryKey]
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"), unique=True)
    source_kind: Mapped[SourceKind]
    source: Mapped[str]
    link: Mapped[str] = mapped_column(sa.String(1000), default="")
    reported_on: Mapped[date]
    certainty: Mapped[Certainty]
    involvement: Mapped[Involvement]
    # The file that was given with it, if any.
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    storage_key: Mapped[str | None] = mapped_column(unique=True)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]

    finding: Mapped[Finding] = relationship()
