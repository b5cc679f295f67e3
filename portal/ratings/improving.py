"""What would lower a rating most, and what another answer would make of it: by the model itself."""

from __future__ import annotations

from datetime import date

from portal.ratings.case import Case, Credit, State
from portal.ratings.category import find_category, material_topics
from portal.ratings.credit import freshness
from portal.ratings.model import Rating, rate
from portal.ratings.record import Record
from portal.ratings.reference import ReferenceData
from portal.ratings.settings import ModelSettings, Value

SHOWN = 3


class Step(Record):
    """One question whose answer, documented, would earn much.

    `missing` is the credit still missing times its weight (question, severity, material topic);
    `residual` is what the rating would then be.
    """

    question: str
    topic: str
    missing: float
    residual: float


def largest_steps(
    case: Case, reference: ReferenceData, settings: ModelSettings, today: date
) -> list[Step]:
    """Return the steps that lower the rating most, largest first; at most three.

    Source: the rating model, section 7: credit still missing times weight.
    """
    return [
        Step(
            question=credit.question,
            topic=credit.topic,
            missing=points,
            residual=supposing(
                case, {credit.question: Value.EVIDENCED}, reference, settings, today
            ).residual,
        )
        for points, credit in most_missing(case, settings, today)[:SHOWN]
    ]


def most_missing(case: Case, settings: ModelSettings, today: date) -> list[tuple[float, Credit]]:
    """Return the credits that a documented answer would raise, each with what is missing, most first."""
    material = material_topics(find_category(case.category), settings)
    wanted = settings.credits[Value.EVIDENCED]
    missing: list[tuple[float, Credit]] = []
    for credit in case.credits:
        earned = settings.credits.get(credit.value, 0) * freshness(
            credit.answered_on, today, settings
        )
        weight = credit.weight * settings.severity(credit.topic)
        weight *= settings.material_factor if credit.topic in material else 1
        if credit.value is not Value.ACCEPTED_NOT_RELEVANT and weight * (wanted - earned) > 0:
            missing.append((weight * (wanted - earned), credit))
    return sorted(missing, key=lambda one: (-one[0], one[1].question))


def supposing(
    case: Case,
    values: dict[str, Value],
    reference: ReferenceData,
    settings: ModelSettings,
    today: date,
) -> Rating:
    """Return the rating if the questions had these values, answered `today`; the model does the sum."""
    credits_then = tuple(
        Credit(
            question=credit.question,
            topic=credit.topic,
            weight=credit.weight,
            value=values[credit.question],
            answered_on=today,
        )
        if credit.question in values
        else credit
        for credit in case.credits
    )
    state = State.DECLARED if values else case.state
    then = case.model_copy(update={"credits": credits_then, "state": state, "from_public": False})
    return rate(then, reference, settings, today)
