"""Control effectiveness: how much of what was asked the supplier has shown, 0-1."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.ratings.case import Credit
from portal.ratings.settings import ModelSettings, Value

_DOCUMENTED = {Value.VERIFIED, Value.EVIDENCED}
# By its own name: looking it up on the class takes longer than the comparison.
_LEFT_OUT = Value.ACCEPTED_NOT_RELEVANT
_DAYS_IN_A_MONTH = 31


class TopicCredit(NamedTuple):
    """What the answers on one topic have earned.

    `effectiveness` is 0-1 within the topic; `share` is the part of the whole set's effectiveness
    that this topic brings; `weight` is its part of the whole set's weight (0-1).
    """

    topic: str
    severity: int
    is_material: bool
    effectiveness: float
    share: float
    weight: float
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """Effectiveness of the whole set: `average` by weight, `value` after the weakest-topic cap.

    `capped_by` is the topic that set the cap, None where the cap did not bite. `documented` is the
    share of the set's weight that valid documents or checks carry; `is_current` tells whether any
    answer is young enough to count.
    """

    value: float = 0.0
    average: float = 0.0
    capped_by: str | None = None
    topics: tuple[TopicCredit, ...] = ()
    documented: float = 0.0
    is_current: bool = False


def age_in_months(given: date, today: date) -> float:
    """Return calendar months from `given` to `today`; whole on the same day of a later month."""
    months = (today.year - given.year) * 12 + today.month - given.month
    return max(0.0, months + (today.day - given.day) / _DAYS_IN_A_MONTH)


def freshness(answered_on: date | None, today: date, settings: ModelSettings) -> float:
    """Return how much of its credit an answer keeps, 0-1: full at first, then falling to none."""
    if answered_on is None:
        return 0.0
    full, none = settings.months_of_full_credit, settings.months_until_no_credit
    age = age_in_months(answered_on, today)
    return 1.0 if age <= full else max(0.0, (none - age) / (none - full))


def effectiveness(
    answers: Iterable[Credit], material: frozenset[str], settings: ModelSettings, today: date
) -> Effectiveness:
    """Return what the fixed question set has earned on `today`.

    Only questions whose "not relevant" the buyer accepted leave the sum.
    """
    own = _by_topic(answers)
    factors = {topic: _factor(topic, material, settings) for topic in own}
    weights = {topic: sum([each.weight for each in asked]) for topic, asked in own.items()}
    total = sum(weights[topic] * factors[topic] for topic in own)
    if not total:
        return Effectiveness()
    values = {topic: [_value(each, today) for each in asked] for topic, asked in own.items()}
    days = {each.answered_on for asked in own.values() for each in asked}
    kept = {day: freshness(day, today, settings) for day in days}
    by_topic = tuple(
        [
            _topic(
                asked,
                values[topic],
                kept,
                settings,
                is_material=topic in material,
                weight=weights[topic],
                scale=factors[topic] / total,
            )
            for topic, asked in own.items()
        ]
    )
    average = sum(topic.share for topic in by_topic)
    weakest = min(
        (topic for topic in by_topic if topic.is_material),
        key=lambda topic: _cap(topic, settings),
        default=None,
    )
    cap = _cap(weakest, settings) if weakest else 1.0
    return Effectiveness(
        value=min(average, cap),
        average=average,
        capped_by=weakest.topic if weakest and cap < average else None,
        topics=by_topic,
        documented=_documented(own, values, factors) / total,
        is_current=any(kept.values()),
    )


def _by_topic(answers: Iterable[Credit]) -> dict[str, list[Credit]]:
    """Return the answers that count, by topic; an accepted "not relevant" does not."""
    own: dict[str, list[Credit]] = {}
    for answer in answers:
        if answer.weight and answer.value is not _LEFT_OUT:
            own.setdefault(answer.topic, []).append(answer)
    return own


def _topic(
    own: Sequence[Credit],
    values: Sequence[Value],
    kept: Mapping[date | None, float],
    settings: ModelSettings,
    *,
    is_material: bool,
    weight: float,
    scale: float,
) -> TopicCredit:
    """Return the credit of one topic.

    `values` are what its answers are worth today, `kept` is the share of it that answers of a day keep.
    """
    topic = own[0].topic
    worth = settings.credits
    earned = sum(
        [
            answer.weight * (worth.get(value, 0.0) * kept[answer.answered_on])
            for answer, value in zip(own, values, strict=True)
        ]
    )
    return TopicCredit(
        topic=topic,
        severity=settings.severity(topic),
        is_material=is_material,
        effectiveness=earned / weight,
        share=earned * scale,
        weight=weight * scale,
        questions=tuple([answer.question for answer in own]),
    )


def _documented(
    own: Mapping[str, Sequence[Credit]],
    values: Mapping[str, Sequence[Value]],
    factors: Mapping[str, float],
) -> float:
    """Return the weight of the answers that valid documents or checks carry."""
    return sum(
        [
            answer.weight * factors[topic]
            for topic, asked in own.items()
            for answer, value in zip(asked, values[topic], strict=True)
            if value in _DOCUMENTED
        ]
    )


def _factor(topic: str, material: frozenset[str], settings: ModelSettings) -> float:
    return settings.severity(topic) * (settings.material_factor if topic in material else 1)


def _cap(topic: TopicCredit, settings: ModelSettings) -> float:
    return 1 - settings.cap_per_severity * topic.severity * (1 - topic.effectiveness)


def _value(answer: Credit, today: date) -> Value:
    """Return the answer's worth today: with its evidence expired it is a plain yes."""
    until = answer.evidence_until
    if until is not None and until < today and answer.value in _DOCUMENTED:
        return Value.DECLARED
    return answer.value
