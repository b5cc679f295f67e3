"""What suppliers have declared, read from their signed declarations for the rating."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns import freezing
from portal.declarations.models import Declaration
from portal.declarations.survey import context_of
from portal.questionnaires.answer_sets import abouts, sets
from portal.questionnaires.answers import Answers, Band, Context, Value, comment_id
from portal.questionnaires.catalogues import Origin, Scoring
from portal.questionnaires.consistency import Check, behind
from portal.questionnaires.loader import load_catalogues, load_checks
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.visibility import visible
from portal.ratings import question_set
from portal.ratings.case import Credit
from portal.ratings.country import country_index
from portal.ratings.findings import Assessment, assess
from portal.ratings.question_set import Judgement
from portal.ratings.reference import shipped
from portal.ratings.settings import ModelSettings
from portal.suppliers.countries import country_codes

SOURCE = "en"


@cache
def scoring() -> Scoring:
    """Return how answers count, as shipped."""
    return load_catalogues()[1]


@cache
def checks() -> Mapping[str, Check]:
    """Return the checks across answers by id, as shipped."""
    return MappingProxyType({check.id: check for check in load_checks().checks})


@dataclass(frozen=True)
class Declared:
    """A declaration, with the questionnaires it answers as they were when sent, and how many files.

    `judgement` is what reviewers have made of the answers; nothing until it is asked for.
    """

    declaration: Declaration
    questionnaires: tuple[Questionnaire, ...]
    answers: Answers
    files: int = 0
    judgement: Judgement = field(default_factory=lambda: Judgement(reviews={}))

    @property
    def signed_on(self) -> date:
        """The day it was signed, where the campaign's deadline counts."""
        zone = ZoneInfo(self.declaration.invitation.campaign.zone)
        return self.declaration.signed_at.astimezone(zone).date()

    def assessed(self) -> Assessment:
        """Return findings and credits of the answers."""
        return assess(
            self.questionnaires,
            self.answers,
            self.context(),
            scoring(),
            judgement=self.judgement,
        )

    def credits(self) -> tuple[Credit, ...]:
        """Return what the answers have earned: all that a rating needs of them."""
        context = self.context()
        return question_set.credits_of(
            self.questionnaires,
            visible(self.questionnaires, self.answers, context).answers,
            context,
            scoring().to_risk_model,
            judgement=self.judgement,
            answered_on=context.today,
        )

    def behind(self, check_id: str) -> tuple[str, ...]:
        """Return the questions behind a check that these answers did not pass; none if it is gone."""
        context, check = self.context(), checks().get(check_id)
        shown = visible(self.questionnaires, self.answers, context)
        return behind(check, shown, context) if check else ()

    def context(self) -> Context:
        """Return what is known beside the answers, on the day they were signed."""
        invitation = self.declaration.invitation
        context = context_of(invitation, dict(self.answers), scoring().short_form, self.signed_on)
        return replace(context, country_bands=context.country_bands or country_bands())


@cache
def country_bands() -> Mapping[str, Band]:
    """Return the band of every country, by ISO alpha-2 code."""
    settings = ModelSettings()
    return MappingProxyType(
        {code: country_index(code, shipped(), settings).band.value for code in country_codes()}
    )


def read(session: Session, declaration: Declaration, locale: str = SOURCE) -> Declared:
    """Return `declaration` with what it answers, its questionnaires in `locale`."""
    document = json.loads(declaration.document)
    answers: dict[str, Value] = dict(document["answers"])
    answers |= {comment_id(name): text for name, text in document["comments"].items()}
    about = abouts(declaration.invitation.about)
    frozen = asked_in(session, declaration.invitation.campaign_id, locale)
    asked = tuple(each for one in frozen for each in sets(one, about))
    return Declared(declaration, asked, answers, len(document["files"]))


def asked_in(session: Session, campaign_id: int, locale: str = SOURCE) -> tuple[Questionnaire, ...]:
    """Return the questionnaires of a campaign as they were when sent, in `locale`."""
    return tuple(freezing.thawed(each, locale) for each in freezing.asked(session, campaign_id))


def counts_of() -> sa.ColumnElement[bool]:
    """Return the condition that nothing newer has replaced a declaration of the suppliers `supplier_ids`.

    These are a parameter of the query, which can be built once.
    """
    own = Declaration.supplier_id.in_(sa.bindparam("supplier_ids", expanding=True))
    superseded = sa.select(Declaration.supersedes_id).where(
        Declaration.supersedes_id.is_not(None), own
    )
    return sa.and_(own, Declaration.id.not_in(superseded))


_IN_FORCE = (
    sa.select(Declaration)
    .where(counts_of())
    .order_by(Declaration.signed_at.desc(), Declaration.id.desc())
)


def in_force(session: Session, supplier_ids: Sequence[int]) -> dict[int, list[Declared]]:
    """Return each supplier's declarations that nothing newer has replaced, newest first."""
    rows = session.scalars(_IN_FORCE, {"supplier_ids": supplier_ids})
    found: dict[int, list[Declared]] = defaultdict(list)
    for row in rows:
        found[row.supplier_id].append(read(session, row))
    return found


def credits_of(declarations: Iterable[Declared]) -> Iterator[Credit]:
    """Yield the credits of `declarations` (newest first), each questionnaire's newest answers only."""
    known: set[str] = set()
    for one in declarations:
        new = [each for each in one.questionnaires if each.id not in known]
        questions = {question.id for each in new for question in each.questions()}
        known |= {each.id for each in new}
        if new:
            yield from (each for each in one.credits() if each.question in questions)


def production_countries(declarations: Iterable[Declared]) -> tuple[str, ...]:
    """Return where the newest of `declarations` (newest first) that says so has the goods made."""
    origin = scoring().to_risk_model.origin
    for one in declarations:
        if asks_origin(one.questionnaires):
            return tuple(dict.fromkeys(_made_in(one.answers.get(origin.question), origin)))
    return ()


def asks_origin(questionnaires: Iterable[Questionnaire]) -> bool:
    """Return whether `questionnaires` ask where goods are made."""
    question_id = scoring().to_risk_model.origin.question
    return any(each.question(question_id) for each in questionnaires)


def _made_in(value: Value | None, origin: Origin) -> Iterator[str]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict) and row.get(origin.activity) not in origin.not_made:
            country = row.get(origin.country)
            if isinstance(country, str) and country:
                yield country
