"""What an invented supplier does with its invitation."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from portal.campaigns.models import DeclineKind, Invitation
from portal.cli.sample.believable import Respondent, believable
from portal.declarations import answering, drafts, service
from portal.declarations.models import SignatoryRole
from portal.declarations.signing import Signatory
from portal.declarations.survey import Survey, open_survey
from portal.questionnaires.answers import comment_id
from portal.ratings import service as ratings
from portal.screening.signed import follow
from portal.state import state

OFFICE_WORK = {"software", "professional", "training", "cloud_hosting", "lab_services"}
TITLES = {
    SignatoryRole.MANAGING_DIRECTOR: "Managing director",
    SignatoryRole.OWNER: "Owner",
    SignatoryRole.AUTHORISED_SIGNATORY: "Head of quality",
}
INITIALS = "ABDEFGHIJKLMNOPRSTV"


class Act(enum.StrEnum):
    """How far a supplier comes."""

    SIGN = "sign"
    START = "start"
    ASK_SIGNATURE = "ask_signature"
    DECLINE = "decline"
    REFER = "refer"


@dataclass(frozen=True)
class Turn:
    """An act, `days` after the launch, done with `care` (0-1: how often the best answer is given)."""

    days: int
    act: Act
    care: float = 1.0


def play(session: Session, invitation: Invitation, turn: Turn, now: datetime) -> None:
    """Let the supplier do its turn."""
    chance = Random(f"{invitation.supplier.key} {invitation.campaign.title}")  # noqa: S311 - a story
    answering.start(session, invitation, now - timedelta(minutes=chance.randint(25, 90)))
    match turn.act:
        case Act.SIGN:
            _fill(session, invitation, turn, chance, now, share=1.0)
            _sign(session, invitation, chance, now)
        case Act.START:
            _fill(session, invitation, turn, chance, now, share=chance.uniform(0.2, 0.8))
        case Act.ASK_SIGNATURE:
            _fill(session, invitation, turn, chance, now, share=1.0)
            _ask_signature(session, invitation, now)
        case Act.DECLINE:
            kind = chance.choice([DeclineKind.NOT_RELEVANT, DeclineKind.REFUSES])
            answering.decline(
                session, invitation, kind, "We answer other customers first.", now=now
            )
            ratings.after_decline(session, invitation, now)
        case Act.REFER:
            address = invitation.contact.email.replace("quality@", "purchasing@")
            answering.refer(session, invitation, "Purchasing desk", address, now=now)


def _survey(session: Session, invitation: Invitation, now: datetime) -> Survey:
    return open_survey(
        session,
        invitation,
        locale=invitation.locale,
        short_form=state().library.scoring.short_form,
        today=service.today_at(invitation, now),
    )


def _fill(
    session: Session,
    invitation: Invitation,
    turn: Turn,
    chance: Random,
    now: datetime,
    *,
    share: float,
) -> None:
    """Answer the first `share` (0-1) of what is asked."""
    survey = _survey(session, invitation, now)
    supplier = invitation.supplier
    who = Respondent(
        name=supplier.name,
        country=supplier.country,
        production_countries=tuple(supplier.production_countries),
        care=turn.care,
        today=service.today_at(invitation, now).isoformat(),
        is_office=supplier.category in OFFICE_WORK,
    )
    given = believable(survey.questionnaires, survey.context, who, chance)
    questions = [key for key in given if not key.endswith(drafts.COMMENT)]
    changes = {
        key: drafts.Change(given[key], str(given.get(comment_id(key), "")))
        for key in questions[: round(len(questions) * share)]
    }
    drafts.save(session, invitation, changes, "sample", now)


def _sign(session: Session, invitation: Invitation, chance: Random, now: datetime) -> None:
    role = chance.choice(list(TITLES))
    first, last = chance.sample(INITIALS, 2)
    signatory = Signatory(
        name=f"{first}. {last}. Sample",
        title=TITLES[role],
        role=role,
        authority="I may sign for the company.",
    )
    signed = service.sign(
        session,
        invitation,
        signatory,
        key=state().seal_key,
        short_form=state().library.scoring.short_form,
        locale=invitation.locale,
        now=now,
        ip="192.0.2.17",
    )
    follow(session, signed.declaration, now)


def _ask_signature(session: Session, invitation: Invitation, now: datetime) -> None:
    answering.request_signature(
        session,
        invitation,
        name="The managing director",
        email=invitation.contact.email.replace("quality@", "director@"),
        locale=invitation.locale,
        now=now,
    )
