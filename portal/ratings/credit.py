"""Control effectiveness: how much of what was asked the supplier has shown, 0-1."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.ratings.case import Credit
from portal.ratings.settings import ModelSettings, Value

_DOCUMENTED = {Value.VERIFIED, Value.EVIDENCED}
# By its own name: looking it up on the class would take longer than the comparison.
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
    own, is_current = _by_topic(answers, settings, today)
    factors = {topic: _factor(topic, material, settings) for topic in own}
    total = sum([sum(part.weights) * factors[topic] for topic, part in own.items()])
    if not total:
        return Effectiveness()
    by_topic = tuple(
        [
            _topic(topic, part, settings, factors[topic] / total, is_material=topic in material)
            for topic, part in own.items()
        ]
    )
    average = sum(topic.share for topic in by_topic)
    weakest = min(
        (topic for topic in by_topic if topic.is_material),
        key=lambda topic: _cap(topic, settings),
        default=None,
    )
    cap = _cap(weakest, settings) if weakest else 1.0
    documented = sum(
        [weight * factors[topic] for topic, part in own.items() for weight in part.documented]
    )
    return Effectiveness(
        value=min(average, cap),
        average=average,
        capped_by=weakest.topic if weakest and cap < average else None,
        topics=by_topic,
        documented=documented / total,
        is_current=is_current,
    )


class _Part(NamedTuple):
    """The answers on one topic: what each weighs, what it earns, and the weight of the documented."""

    questions: list[str]
    weights: list[float]
    earned: list[float]
    documented: list[float]


def _by_topic(
    answers: Iterable[Credit], settings: ModelSettings, today: date
) -> tuple[dict[str, _Part], bool]:
    """Return the answers that count, by topic, and whether any is young enough to earn anything.

    An accepted "not relevant" does not count.
    """
    own: dict[str, _Part] = {}
    kept: dict[date | None, float] = {}
    worth = settings.credits
    for question, topic, weight, value, answered_on, until in answers:
        if not weight or value is _LEFT_OUT:
            continue
        if topic not in own:
            own[topic] = _Part([], [], [], [])
        if answered_on not in kept:
            kept[answered_on] = freshness(answered_on, today, settings)
        part, earned = own[topic], kept[answered_on]
        part.questions.append(question)
        part.weights.append(weight)
        counts = value
        if value in _DOCUMENTED:
            if until is None or until >= today:
                part.documented.append(weight)
            else:
                counts = Value.DECLARED  # with its evidence expired it is a plain yes
        part.earned.append(weight * (worth.get(counts, 0.0) * earned))
    return own, any(kept.values())


def _topic(
    topic: str, part: _Part, settings: ModelSettings, scale: float, *, is_material: bool
) -> TopicCredit:
    """Return the credit of one topic; `scale` is what a weight of one is of the whole set."""
    earned, weight = sum(part.earned), sum(part.weights)
    return TopicCredit(
        topic=topic,
        severity=settings.severity(topic),
        is_material=is_material,
        effectiveness=earned / weight,
        share=earned * scale,
        weight=weight * scale,
        questions=tuple(part.questions),
    )


def _factor(topic: str, material: frozenset[str], settings: ModelSettings) -> float:
    return settings.severity(topic) * (settings.material_factor if topic in material else 1)


def _cap(topic: TopicCredit, settings: ModelSettings) -> float:
    return 1 - settings.cap_per_severity * topic.severity * (1 - topic.effectiveness)
