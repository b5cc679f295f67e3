"""Topic heat map: where harm is likely and how grave it would be, per topic."""

from typing import NamedTuple

from portal.ratings.credit import Effectiveness
from portal.ratings.explanation import figure
from portal.ratings.settings import Band, ModelSettings, band_of
from portal.store import JsonObject

_NOT_MATERIAL = 0.5


class TopicRisk(NamedTuple):
    """One topic: `severity` 1-5, `likelihood` 0-100 and its band, higher is worse for all."""

    topic: str
    severity: int
    likelihood: float
    band: Band
    is_material: bool

    def kept(self) -> JsonObject:
        """Return what is kept of it with a rating: `likelihood` to the hundredth, `band`, `material`."""
        return {
            "likelihood": figure(self.likelihood),
            "band": self.band.value,
            "material": self.is_material,
        }


def topic_risks(
    inherent: float, earned: Effectiveness, material: frozenset[str], settings: ModelSettings
) -> tuple[TopicRisk, ...]:
    """Return every topic that is material or asked about, gravest first (severity, likelihood)."""
    shown = {topic.topic: topic.effectiveness for topic in earned.topics}

    def risk(topic: str) -> TopicRisk:
        likelihood = (
            inherent
            * (1 - settings.ceiling * shown.get(topic, 0))
            * (1 if topic in material else _NOT_MATERIAL)
        )
        return TopicRisk(
            topic=topic,
            severity=settings.severity(topic),
            likelihood=likelihood,
            band=band_of(figure(likelihood), settings.bands),
            is_material=topic in material,
        )

    risks = [risk(topic) for topic in sorted(material | shown.keys())]
    return tuple(sorted(risks, key=lambda risk: (-risk.severity, -risk.likelihood)))
