"""The versions of questionnaires that a buyer can look at: shipped, its own, and those once sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
import yaml
from sqlalchemy.orm import Session

from portal.campaigns.freezing import thawed
from portal.campaigns.models import FrozenQuestionnaire
from portal.questionnaires.loader import CONTENT, Library
from portal.questionnaires.models import PublishedQuestionnaire
from portal.questionnaires.publishing import as_published, version_order
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import to_data


@dataclass(frozen=True)
class Version:
    """A version, in English: shipped today, the buyer's own, or known because it was sent once."""

    kind: Literal["shipped", "own", "sent"]
    questionnaire: Questionnaire
    text: str
    """The YAML: as it was written, or made from what was kept."""
    at: datetime | None = None
    """When it was published, or first sent."""
    frozen: FrozenQuestionnaire | None = None

    @property
    def version(self) -> str:
        """The number of the version."""
        return self.questionnaire.version


def versions(session: Session, shipped: Library, questionnaire_id: str) -> list[Version]:
    """Return every version of a questionnaire that the session's buyer can see, the highest first."""
    found: dict[str, Version] = {}
    if questionnaire_id in shipped:
        text = (CONTENT / f"{questionnaire_id}.yaml").read_text("utf-8")
        content = shipped[questionnaire_id]
        found[content.version] = Version("shipped", content, text)
    for row in session.scalars(
        sa.select(PublishedQuestionnaire).where(
            PublishedQuestionnaire.questionnaire_id == questionnaire_id
        )
    ):
        found.setdefault(row.version, Version("own", as_published(row), row.text, row.published_at))
    for frozen in session.scalars(
        sa.select(FrozenQuestionnaire)
        .where(FrozenQuestionnaire.questionnaire_id == questionnaire_id)
        .order_by(FrozenQuestionnaire.id)
    ):
        if frozen.version not in found:
            content = thawed(frozen, "en")
            sent = Version("sent", content, as_yaml(content), frozen.frozen_at, frozen)
            found[frozen.version] = sent
    return sorted(found.values(), key=lambda each: version_order(each.version), reverse=True)


def as_yaml(questionnaire: Questionnaire) -> str:
    """Return the questionnaire as YAML that reads back as the same."""
    return yaml.safe_dump(to_data(questionnaire), sort_keys=False, allow_unicode=True, width=100)
