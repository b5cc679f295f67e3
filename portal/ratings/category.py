"""Category index: how risky the supply chain of what is bought is, 0-100, higher is worse."""

from dataclasses import dataclass

from portal.ratings.settings import ModelSettings
from portal.suppliers.categories import UNCATEGORISED, Category, Kind, Stage, load_categories


@dataclass(frozen=True, slots=True)
class CategoryIndex:
    """The index of a category.

    `basis` says how firm the levels are; `is_proposal` marks derived levels, which pages show.
    `override_reason` is set where the buyer replaced the index with its own.
    """

    category: str
    index: float
    basis: str
    source: str
    is_proposal: bool
    override_reason: str | None = None


def find_category(category_id: str | None) -> Category:
    """Return the category, or the row for what is not categorised yet."""
    categories = load_categories()
    return categories.get(category_id or UNCATEGORISED, categories[UNCATEGORISED])


def category_index(
    category: Category, settings: ModelSettings, stage: Stage | None = None
) -> CategoryIndex:
    """Return the index of `category` for the stage the supplier performs.

    A good counts the mean of its worst stage and the performed one, a service its only level.
    Without `stage` the category's usual one is taken; a stage without a level counts as the worst.
    """
    override = settings.category_overrides.get(category.id)
    return CategoryIndex(
        category=category.id,
        index=override.index if override else _index(category, settings, stage),
        basis=category.basis,
        source=category.source,
        is_proposal=category.is_proposal,
        override_reason=override.reason if override else None,
    )


def _index(category: Category, settings: ModelSettings, stage: Stage | None) -> float:
    if category.id == UNCATEGORISED:
        return settings.unknown_category_index
    scores = {known: settings.level_scores[level] for known, level in category.levels.items()}
    if category.kind is Kind.SERVICE:
        return scores[Stage.SERVICE]
    worst = max(scores.values())
    return (worst + scores.get(stage or category.stage_performed, worst)) / 2


def material_topics(category: Category, settings: ModelSettings) -> frozenset[str]:
    """Return the topics that matter for `category`; their answers count double and can cap."""
    topics = {settings.topic_of_issue.get(issue) for issue in category.issues}
    if category.conflict_minerals:
        topics.add("conflict_minerals")
    return frozenset(topic for topic in topics if topic)
