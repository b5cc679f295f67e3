"""What declarations have earned: read anew, or taken over from the last rating while nothing changed.

A sealed declaration never changes, so neither does what it earned, until a reviewer judges an answer
or reads a file, or a document expires. Rating everybody again then needs no declaration at all.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Attachment, Declaration
from portal.ratings.case import Credit, State
from portal.ratings.declared import (
    counts_of,
    credits_of,
    in_force,
    production_countries,
    scoring,
)
from portal.ratings.records import Latest
from portal.ratings.reviewed import reviewed
from portal.reviews.models import AnswerJudgement, FileReading

# To be raised whenever `question_set` or `declared` come to other credits for the same answers.
_READING = 1


@dataclass(frozen=True)
class Earned:
    """Credits and production countries of a supplier's declarations, and what they were read from."""

    rests_on: str = ""
    production_countries: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def earned(
    session: Session,
    states: Mapping[int, State],
    latest: Mapping[int, Latest],
    today: date,
) -> dict[int, Earned]:
    """Return what the declarations of each supplier come to on `today`, by supplier id.

    `states` names the suppliers: answers earn credit only while a supplier stands as declared.
    `latest` are their newest ratings, as far as there are any.
    """
    rests_on = _rests_on(session, list(states))
    found = {}
    for supplier_id, source in rests_on.items():
        kept = _kept(latest.get(supplier_id), source, states[supplier_id], today)
        if kept:
            found[supplier_id] = kept
    declared = reviewed(session, in_force(session, sorted(rests_on.keys() - found.keys())), today)
    for supplier_id, own in declared.items():
        stands = states[supplier_id] is State.DECLARED
        found[supplier_id] = Earned(
            rests_on[supplier_id],
            production_countries(own),
            tuple(credits_of(own)) if stands else (),
        )
    return found


def _kept(latest: Latest | None, rests_on: str, state: State, today: date) -> Earned | None:
    """Return what `latest` was made from, if it still holds."""
    case = latest.case if latest else None
    if case is None or case.rests_on != rests_on:
        return None
    if case.state is not state or _is_past(case.credits, today):
        return None
    return Earned(rests_on, case.declared_countries, case.credits)


def _is_past(earned_credits: Sequence[Credit], today: date) -> bool:
    """Return whether evidence behind any of these credits no longer holds."""
    ends = [each.evidence_until for each in earned_credits]
    return any(end is not None and end < today for end in ends)


def _rests_on(session: Session, supplier_ids: Sequence[int]) -> dict[int, str]:
    """Return what the credits of each supplier that has declared are read from.

    That is its declarations in force, the newest judgement of their answers, the newest reading of
    their files, and how answers count.
    """
    rows = session.execute(_BEHIND, {"supplier_ids": supplier_ids})
    found: dict[int, list[str]] = defaultdict(lambda: [_way_of_reading()])
    for supplier_id, *numbers in rows:
        found[supplier_id].append("/".join(str(each or "-") for each in numbers))
    return {supplier_id: " ".join(parts) for supplier_id, parts in found.items()}


_JUDGED = (
    sa.select(sa.func.max(AnswerJudgement.id))
    .where(AnswerJudgement.declaration_id == Declaration.id)
    .scalar_subquery()
)
_READ = (
    sa.select(sa.func.max(FileReading.id))
    .join(Attachment, FileReading.attachment_id == Attachment.id)
    .where(Attachment.invitation_id == Declaration.invitation_id)
    .scalar_subquery()
)
_BEHIND = (
    sa.select(Declaration.supplier_id, Declaration.id, _JUDGED, _READ)
    .where(counts_of())
    .order_by(Declaration.id)
)


@cache
def _way_of_reading() -> str:
    """Return a mark of how answers become credits: by this code, with this scoring data."""
    data = scoring().model_dump_json().encode()
    return f"{_READING}-{hashlib.sha256(data).hexdigest()[:8]}"
