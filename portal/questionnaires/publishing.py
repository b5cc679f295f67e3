"""What a buyer asks of its own: versions that are published once and never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.events.models import Actor
from portal.events.service import record
from portal.questionnaires.building import build
from portal.questionnaires.loader import Library
from portal.questionnaires.models import PublishedQuestionnaire
from portal.questionnaires.schema import Questionnaire


class VersionNotHigher(Exception):
    """The version to be published is not higher than `latest`, the one that is."""

    def __init__(self, questionnaire: Questionnaire, latest: str) -> None:
        self.version, self.latest = questionnaire.version, latest
        super().__init__(
            f"version: {self.version} is not higher than {latest}, which is published already. "
            "A published version never changes: give the new text a higher number."
        )


def publish(
    session: Session, questionnaire: Questionnaire, text: str, *, by: str, now: datetime
) -> PublishedQuestionnaire:
    """Return the new version of the session's buyer; `text` is what `read_upload` has checked.

    Raises:
        VersionNotHigher: this version, or a higher one, is published already.
    """
    refuse_old_version(session, questionnaire)
    row = PublishedQuestionnaire(
        questionnaire_id=questionnaire.id,
        version=questionnaire.version,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        published_at=now,
        published_by=by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody was a moment faster
        raise VersionNotHigher(questionnaire, questionnaire.version) from None
    record(
        session,
        at=now,
        actor_kind=Actor.BUYER,
        actor=by,
        action="questionnaire.published",
        subject_kind="questionnaire",
        subject_id=questionnaire.id,
        details={"version": questionnaire.version, "sha256": row.sha256},
    )
    return row


def refuse_old_version(session: Session, questionnaire: Questionnaire) -> None:
    """Raise VersionNotHigher unless the version is higher than every published one."""
    for row in published_versions(session, questionnaire.id)[:1]:
        if version_order(questionnaire.version) <= version_order(row.version):
            raise VersionNotHigher(questionnaire, row.version)


def version_order(version: str) -> tuple[tuple[int, ...], bool, str]:
    """Return what versions are compared by: 1.0.0-draft comes before 1.0.0."""
    numbers, _, mark = version.partition("-")
    return tuple(map(int, numbers.split("."))), not mark, mark


def published_versions(
    session: Session, questionnaire_id: str | None = None
) -> list[PublishedQuestionnaire]:
    """Return the buyer's own versions (of one questionnaire), the highest first."""
    wanted = sa.select(PublishedQuestionnaire)
    if questionnaire_id is not None:
        wanted = wanted.where(PublishedQuestionnaire.questionnaire_id == questionnaire_id)
    rows = session.scalars(wanted).all()
    return sorted(rows, key=lambda row: version_order(row.version), reverse=True)


def as_published(row: PublishedQuestionnaire) -> Questionnaire:
    """Return the questionnaire in English, as it was published."""
    return _read(row.text)


@lru_cache(maxsize=64)
def _read(text: str) -> Questionnaire:
    return build(Questionnaire, "", text)


def buyers_library(session: Session, shipped: Library) -> Library:
    """Return what the session's buyer can ask: what is shipped, and the latest of each of its own."""
    latest: dict[str, Questionnaire] = {}
    for row in published_versions(session):
        if row.questionnaire_id not in shipped:
            latest.setdefault(row.questionnaire_id, as_published(row))
    return with_own(shipped, list(latest.values()))


def with_own(shipped: Library, own: Sequence[Questionnaire]) -> Library:
    """Return the library with `own` among its questionnaires, in the order they are asked."""
    ordered = sorted([*shipped, *own], key=lambda each: each.order)
    return replace(shipped, questionnaires=MappingProxyType({each.id: each for each in ordered}))
