import pytest

from portal.ratings.category import category_index, find_category, material_topics
from portal.ratings.settings import CategoryOverride, ModelSettings
from portal.suppliers.categories import Category, Stage, load_categories
from tests.unit.ratings.examples import SETTINGS


@pytest.mark.parametrize("category", load_categories().values(), ids=lambda c: c.id)
def test_index_is_the_published_score(category: Category) -> None:
    assert category_index(category, SETTINGS).index == category.score


@pytest.mark.parametrize(
    ("stage", "index"),
    [(Stage.RAW, 70), (Stage.COMPONENT, 57.5), (Stage.FINAL, 42.5), (Stage.SERVICE, 70)],
)
def test_the_stage_a_supplier_performs_counts(stage: Stage, index: float) -> None:
    assert category_index(find_category("furniture"), SETTINGS, stage).index == index


@pytest.mark.parametrize("category_id", [None, "", "nonsense", "uncategorised"])
def test_unknown_is_never_low(category_id: str | None) -> None:
    assert category_index(find_category(category_id), SETTINGS).index == 45


def test_proposals_carry_their_mark() -> None:
    found = category_index(find_category("software"), SETTINGS)
    assert (found.basis, found.is_proposal) == ("derived", True)
    assert not category_index(find_category("furniture"), SETTINGS).is_proposal


def test_a_buyer_may_override_with_a_reason() -> None:
    override = CategoryOverride(index=45, reason="Our own statement says medium")
    settings = ModelSettings(version=2, category_overrides={"software": override})
    found = category_index(find_category("software"), settings)
    assert (found.index, found.override_reason) == (45, "Our own statement says medium")


def test_topics_that_matter_follow_from_the_issues() -> None:
    assert material_topics(find_category("no_cleaning"), SETTINGS) == {
        "wages",
        "working_hours",
        "migrant_labour",
        "osh",
    }
    assert "conflict_minerals" in material_topics(find_category("batteries"), SETTINGS)
    assert "donor_rights" in material_topics(find_category("human_serum"), SETTINGS)
