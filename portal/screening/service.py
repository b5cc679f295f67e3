"""Screening a new supplier: from the short check to cleared or not, each step with who and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.code import code_in_force
from portal.buyers.queries import own_buyer
from portal.campaigns.freezing import asked, freeze, thawed
from portal.campaigns.models import (
    CampaignQuestionnaire,
    FrozenQuestionnaire,
    Invitation,
)
from portal.declarations.models import Declaration
from portal.declarations.survey import CODE_OF_CONDUCT
from portal.events.models import Actor
from portal.questionnaires.answers import Answers, Context, comment_id
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import FrozenTexts
from portal.screening.models import Screening
from portal.store import JsonObject
from portal.suppliers.models import Stage, Supplier
from portal.suppliers.service import Author, tell

PRESCREEN = "prescreen"
_ACCEPTED = {"accept", "reservations", "yes"}


class ReasonMissing(Exception):
    """A decision needs a reason."""


class CodeNotAccepted(Exception):
    """The supplier has not accepted the Code of Conduct in force.

    `wanted` is the version in force, `accepted` the one the supplier accepted last, empty for none.
    """

    def __init__(self, wanted: str, accepted: str) -> None:
        super().__init__(f"accepted {accepted or 'none'}, in force is {wanted}")
        self.wanted, self.accepted = wanted, accepted


@dataclass(frozen=True)
class Screened:
    """The latest answers to the short check, and who gave them: the buyer or the supplier."""

    frozen: FrozenQuestionnaire
    answers: Answers
    context: Context
    at: datetime
    by: str
    by_buyer: bool

    def questionnaire(self, locale: str) -> Questionnaire:
        """Return the questionnaire as it was then, in `locale`."""
        return thawed(self.frozen, locale)


def screen(
    session: Session,
    supplier: Supplier,
    questionnaire: Questionnaire,
    texts: FrozenTexts,
    *,
    answers: Mapping[str, Any],
    context: JsonObject,
    author: Author,
) -> Screening:
    """Keep what the buyer itself answers about `supplier`; it counts as screened from now on."""
    row = Screening(
        supplier=supplier,
        frozen=freeze(session, questionnaire, texts, author.at),
        answers=dict(answers),
        context=context,
        answered_at=author.at,
        answered_by=author.name,
    )
    session.add(row)
    session.flush()
    _enter(session, supplier, Stage.SCREENED, "", author)
    return row


def after_submission(session: Session, declaration: Declaration, now: datetime) -> None:
    """Count the supplier as screened if it has answered the short check itself."""
    ids = {each.questionnaire_id for each in asked(session, declaration.invitation.campaign_id)}
    supplier = declaration.invitation.supplier
    if PRESCREEN in ids and supplier.stage in {None, Stage.SCREENED}:
        author = Author(now, declaration.signatory_name, kind=Actor.SUPPLIER)
        _enter(session, supplier, Stage.SCREENED, "", author)


def after_launch(session: Session, invitations: Iterable[Invitation], author: Author) -> None:
    """Count every screened supplier as asked that now gets more than the short check."""

    @cache
    def asks_more(campaign_id: int) -> bool:
        return any(each.questionnaire_id != PRESCREEN for each in asked(session, campaign_id))

    for invitation in invitations:
        if invitation.supplier.stage is Stage.SCREENED and asks_more(invitation.campaign_id):
            _enter(session, invitation.supplier, Stage.ASKED, invitation.campaign.title, author)


def clear(session: Session, supplier: Supplier, reason: str, author: Author, today: date) -> None:
    """Let the supplier through.

    Raises:
        ReasonMissing: `reason` is empty.
        CodeNotAccepted: the buyer wants the code in force accepted, and it is not.
    """
    _require(reason)
    if own_buyer(session).clearing_needs_code:
        wanted = code_in_force(session, today, "en").version
        accepted = accepted_code(session, supplier)
        if accepted != wanted:
            raise CodeNotAccepted(wanted, accepted)
    _enter(session, supplier, Stage.CLEARED, reason.strip(), author)


def refuse(session: Session, supplier: Supplier, reason: str, author: Author) -> None:
    """Do not let the supplier through.

    Raises:
        ReasonMissing: `reason` is empty.
    """
    _require(reason)
    _enter(session, supplier, Stage.NOT_CLEARED, reason.strip(), author)


def _require(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def _enter(session: Session, supplier: Supplier, stage: Stage, reason: str, author: Author) -> None:
    supplier.stage = stage
    supplier.stage_reason = reason
    supplier.stage_by = author.name
    supplier.stage_at = author.at
    tell(session, author, f"supplier.{stage}", supplier, {"reason": reason})


def accepted_code(session: Session, supplier: Supplier) -> str:
    """Return the version of the Code of Conduct that the supplier accepted last; empty for none.

    What was said last counts: a later refusal takes an earlier acceptance back.
    """
    for declaration in _declarations(session, supplier):
        document = json.loads(declaration.document)
        code = document["code_of_conduct"]
        if code is None:
            continue
        answers = document["answers"]
        for frozen in asked(session, declaration.invitation.campaign_id):
            for question in thawed(frozen, "en").questions():
                if question.shows == CODE_OF_CONDUCT and question.id in answers:
                    return str(code["version"]) if answers[question.id] in _ACCEPTED else ""
    return ""


def latest_screening(session: Session, supplier: Supplier) -> Screened | None:
    """Return the latest answers to the short check, the buyer's own or the supplier's."""
    own = session.scalar(
        sa.select(Screening)
        .where(Screening.supplier_id == supplier.id)
        .order_by(Screening.id.desc())
        .limit(1)
    )
    found = []
    if own is not None:
        at = own.answered_at
        context = _context(own.context, at.date())
        found.append(Screened(own.frozen, own.answers, context, at, own.answered_by, by_buyer=True))
    if (said := _said_itself(session, supplier)) is not None:
        found.append(said)
    return max(found, key=lambda each: each.at, default=None)


def _context(facts: JsonObject, today: date) -> Context:
    """Return what an invitation would let conditions know; the short check has no shorter form."""
    values = {name: value for name, value in facts.items() if "." in name}
    return Context(values=values, country_bands=facts.get("country_bands", {}), today=today)


def _said_itself(session: Session, supplier: Supplier) -> Screened | None:
    row = session.execute(
        sa.select(Declaration, FrozenQuestionnaire)
        .join(Invitation, Invitation.id == Declaration.invitation_id)
        .join(CampaignQuestionnaire, CampaignQuestionnaire.campaign_id == Invitation.campaign_id)
        .join(FrozenQuestionnaire, FrozenQuestionnaire.id == CampaignQuestionnaire.frozen_id)
        .where(
            Declaration.supplier_id == supplier.id,
            FrozenQuestionnaire.questionnaire_id == PRESCREEN,
        )
        .order_by(Declaration.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    declaration, frozen = row
    document = json.loads(declaration.document)
    answers = dict(document["answers"])
    answers |= {comment_id(name): text for name, text in document["comments"].items()}
    at = declaration.signed_at
    context = _context(declaration.invitation.context, at.date())
    return Screened(frozen, answers, context, at, declaration.signatory_name, by_buyer=False)


def _declarations(session: Session, supplier: Supplier) -> Iterable[Declaration]:
    return session.scalars(
        sa.select(Declaration)
        .where(Declaration.supplier_id == supplier.id)
        .order_by(Declaration.id.desc())
    )
