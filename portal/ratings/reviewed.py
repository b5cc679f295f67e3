"""What reviewers have decided about signed answers, as the rating takes it into account."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from portal.declarations.models import Attachment, Declaration
from portal.questionnaires.conditions import leaves
from portal.questionnaires.rows import Cell
from portal.ratings.declared import Declared, scoring
from portal.ratings.question_set import Judgement, Review, topic_of
from portal.ratings.settings import Value
from portal.reviews.judgements import judgements
from portal.reviews.models import AnswerJudgement, AnswerVerdict, FileReading, Shown
from portal.reviews.readings import readings

# What a file that says no more than the answer adds is nothing, so it is not here.
_WORTH = {Shown.SHOWS: Value.EVIDENCED, Shown.VERIFIED: Value.VERIFIED}


def reviewed(
    session: Session, declared: Mapping[int, list[Declared]], today: date
) -> dict[int, list[Declared]]:
    """Return `declared` (by supplier id) with what reviewers made of it, as it holds on `today`."""
    rows = [one.declaration for each in declared.values() for one in each]
    judged = judgements(session, [row.id for row in rows])
    read = readings(session, [row.invitation_id for row in rows])

    def with_review(one: Declared) -> Declared:
        own, files = judged.get(one.declaration.id, {}), read.get(one.declaration.invitation_id, [])
        if not own and not files:
            return one
        moving = [each for each in _sealed(one.declaration, files) if moves(each[0], one)]
        reviews = reviews_of(moving, today)
        return replace(one, judgement=Judgement(reviews, accepted(own.values())))

    return {key: [with_review(one) for one in each] for key, each in declared.items()}


def reviews_of(files: Iterable[tuple[Attachment, FileReading]], today: date) -> dict[str, Review]:
    """Return what the files come to, by the question each was given with.

    What has expired on `today` adds nothing; of several the one verified counts, then the one that
    holds longest.
    """
    found: dict[str, Review] = {}
    for attachment, reading in files:
        worth, until = _WORTH.get(reading.shown), reading.holds_until
        if worth and (until is None or until >= today):
            review = Review(value=worth, until=until)
            found[attachment.owner] = max(found.get(attachment.owner, review), review, key=_rank)
    return found


def moves(file: Attachment, declared: Declared) -> bool:
    """Return whether a file can carry the question it was given with.

    A certificate stands in a row of its own and moves only its own topics: those of the areas that
    the row's rules name. One on quality says nothing of wages, one on wages nothing of waste.
    """
    found = (each.question(file.owner) for each in declared.questionnaires)
    question = next((each for each in found if each), None)
    if question is None or question.row_entity != "certificate":
        return question is not None
    row, bridge = file.question_id.split(".")[1], scoring().to_risk_model
    own = {
        bridge.topic(area)
        for rule in question.risk
        if any(
            leaf.row and Cell(column="id", values=(row,)) in leaf.row.cells
            for leaf in leaves(rule.when)
        )
        for area in rule.area
    }
    return topic_of(question, bridge) in own


def accepted(rows: Iterable[AnswerJudgement]) -> frozenset[str]:
    """Return the questions whose "not relevant" or scope was accepted."""
    wanted = AnswerVerdict.NOT_RELEVANT_ACCEPTED
    return frozenset(row.question_id for row in rows if row.verdict is wanted)


def _rank(review: Review) -> tuple[bool, date]:
    return review.value is Value.VERIFIED, review.until or date.max


def _sealed(
    declaration: Declaration, files: Iterable[tuple[Attachment, FileReading]]
) -> list[tuple[Attachment, FileReading]]:
    """Return those of `files` that the declaration seals; a correction may have left some out."""
    sealed = {
        (each["question"], each["name"], each["sha256"])
        for each in json.loads(declaration.document)["files"]
    }
    return [
        (file, reading)
        for file, reading in files
        if (file.question_id, file.name, file.sha256) in sealed
    ]
