"""The topics a supplier is rated on, with their English names."""

from collections.abc import Mapping
from types import MappingProxyType

TOPIC_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "child_labour": "Child labour",
        "conflict_minerals": "Conflict minerals",
        "corruption": "Corruption",
        "discrimination": "Discrimination and harassment",
        "donor_rights": "Donor rights",
        "environment": "Environment",
        "forced_labour": "Forced labour",
        "governance": "Transparency and governance",
        "grievance": "Complaints",
        "migrant_labour": "Migrant workers",
        "osh": "Health and safety",
        "remedy": "Remedy",
        "supply_chain": "Supply chain",
        "union_rights": "Freedom of association",
        "wages": "Wages",
        "working_hours": "Working hours",
    }
)


def topic_name(topic: str) -> str:
    """Return the English name of `topic`; its id in words for one a buyer has added."""
    return TOPIC_NAMES.get(topic) or topic.replace("_", " ").capitalize()
