"""What a launch asks about beside the suppliers themselves: their agreements and materials."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from portal.questionnaires.answer_sets import About
from portal.questionnaires.schema import Questionnaire
from portal.suppliers.models import Subject
from portal.suppliers.subjects import current


def asked_about(
    session: Session, supplier_ids: Collection[int], questionnaires: Iterable[Questionnaire]
) -> dict[int, list[About]]:
    """Return what the questionnaires are answered for now, per supplier that has any of it."""
    scopes = {each.scope for each in questionnaires}
    found: dict[int, list[About]] = {}
    for supplier_id, subjects in current(session, supplier_ids).items():
        if mine := [_about(one) for one in subjects if one.kind in scopes]:
            found[supplier_id] = mine
    return found


def _about(subject: Subject) -> About:
    rate = None if subject.min_hourly_rate is None else float(subject.min_hourly_rate)
    return About(subject.id, subject.kind.value, subject.key, subject.title, subject.place, rate)


def count_sets(
    questionnaire: Questionnaire,
    supplier_ids: Iterable[int],
    about: Mapping[int, Sequence[About]],
) -> int:
    """Return how many sets of answers these suppliers give to the questionnaire.

    A supplier without an agreement or material of its scope gives one.
    """
    mine = (
        sum(one.kind == questionnaire.scope for one in about.get(each, ())) for each in supplier_ids
    )
    return sum(max(1, number) for number in mine)
