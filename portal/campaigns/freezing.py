"""Questionnaires as they were when sent: kept once per content, and read back in any language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

import rfc8785
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import CampaignQuestionnaire, FrozenQuestionnaire
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import (
    FrozenTexts,
    fingerprint,
    from_data,
    frozen_translator,
    localized,
    to_data,
)


def freeze(
    session: Session, questionnaire: Questionnaire, texts_by_locale: FrozenTexts, now: datetime
) -> FrozenQuestionnaire:
    """Return the kept copy of `questionnaire` with its translations; made if there is none yet.

    The copy is found again by the hash over definition and texts, so that campaigns which ask the
    same share one, and a corrected translation makes another.
    """
    digest = _digest(questionnaire, texts_by_locale)
    kept = session.scalar(
        sa.select(FrozenQuestionnaire).where(FrozenQuestionnaire.sha256 == digest)
    )
    if kept:
        return kept
    frozen = FrozenQuestionnaire(
        questionnaire_id=questionnaire.id,
        version=questionnaire.version,
        sha256=digest,
        definition=to_data(questionnaire),
        texts=texts_by_locale,
        frozen_at=now,
    )
    session.add(frozen)
    session.flush()
    return frozen


def _digest(questionnaire: Questionnaire, texts: FrozenTexts) -> str:
    content = [fingerprint(questionnaire), texts]
    return sha256(rfc8785.dumps(content)).hexdigest()  # type: ignore[arg-type]  # wants a closed type


def asked(session: Session, campaign_id: int) -> list[FrozenQuestionnaire]:
    """Return what a campaign asks, in order."""
    return list(session.scalars(_ASKED, {"campaign_id": campaign_id}))


# Every page of a survey asks this, so it is built once.
_ASKED = (
    sa.select(FrozenQuestionnaire)
    .join(CampaignQuestionnaire, CampaignQuestionnaire.frozen_id == FrozenQuestionnaire.id)
    .where(CampaignQuestionnaire.campaign_id == sa.bindparam("campaign_id"))
    .order_by(CampaignQuestionnaire.position)
)


def thawed(frozen: FrozenQuestionnaire, locale: str) -> Questionnaire:
    """Return the questionnaire as sent, in `locale`; English for a text without a translation.

    Remembered per content and language: only the first call reads the definition from the database.
    """
    return _thawed(_Wanted(frozen.sha256, locale, frozen))


@dataclass(frozen=True)
class _Wanted:
    """What is remembered by hash and language; the row is looked into only when it is new."""

    sha256: str
    locale: str
    frozen: FrozenQuestionnaire = field(compare=False)


@lru_cache(maxsize=512)
def _thawed(wanted: _Wanted) -> Questionnaire:
    translate = frozen_translator(wanted.frozen.texts, wanted.locale)
    return localized(from_data(wanted.frozen.definition), translate)
