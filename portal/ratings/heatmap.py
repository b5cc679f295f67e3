"""Topic heat map: where harm is likely and how grave it would be, per topic."""

from portal.ratings.credit import Effectiveness
from portal.ratings.record import Record
from portal.ratings.settings import ModelSettings

_NOT_MATERIAL = 0.5


class TopicRisk(Record):
    """One topic: `severity` 1-5, `likelihood` 0-100, higher is worse for both."""

    topic: str
    severity: int
    likelihood: float
    is_material: bool


def topic_risks(
    inherent: float, earned: Effectiveness, material: frozenset[str], settings: ModelSettings
) -> tuple[TopicRisk, ...]:
    """Return every topic that is material or asked about, gravest first (severity, likelihood)."""
    shown = {topic.topic: topic.effectiveness for topic in earned.topics}
    risks = [
        TopicRisk(
            topic=topic,
            severity=settings.severity(topic),
            likelihood=inherent
            * (1 - settings.ceiling * shown.get(topic, 0))
            * (1 if topic in material else _NOT_MATERIAL),
            is_material=topic in material,
        )
        for topic in sorted(material | shown.keys())
    ]
    return tuple(sorted(risks, key=lambda risk: (-risk.severity, -risk.likelihood)))
