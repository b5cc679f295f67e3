from portal.ratings.case import Case, Criticality
from portal.ratings.order import follow_up_key
from portal.ratings.topics import TOPIC_NAMES
from tests.unit.ratings.examples import SETTINGS, case, rated

LOW_A = case("DE", "ivd_lab", Criticality.A, made_in=("DE",))
PCB = case("CN", "electronic_components", Criticality.C, made_in=("CN",))
CLEANING = case("NO", "no_cleaning", Criticality.C)
TEXTILES = case("SE", "linen", Criticality.C, made_in=("SE",))


def _order(*suppliers: Case) -> list[str | None]:
    return [one.category for one in sorted(suppliers, key=lambda one: follow_up_key(rated(one)))]


def test_priority_decides_first() -> None:
    assert _order(LOW_A, CLEANING, PCB) == ["electronic_components", "no_cleaning", "ivd_lab"]


def test_graver_topics_come_first_among_equals() -> None:
    assert rated(CLEANING).residual == rated(TEXTILES).residual
    assert _order(CLEANING, TEXTILES) == ["linen", "no_cleaning"]


def test_influence_decides_between_the_same() -> None:
    rating = rated(CLEANING)
    assert follow_up_key(rating, 0.4) < follow_up_key(rating, 0.1) < follow_up_key(rating)


def test_every_topic_of_the_model_has_a_name() -> None:
    used = {*SETTINGS.severities, *SETTINGS.topic_of_issue.values()}
    assert used <= TOPIC_NAMES.keys()
