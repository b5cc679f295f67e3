from portal.ratings.topics import TOPIC_NAMES
from tests.unit.ratings.examples import SETTINGS


def test_every_topic_of_the_model_has_a_name() -> None:
    used = {*SETTINGS.severities, *SETTINGS.topic_of_issue.values()}
    assert used <= TOPIC_NAMES.keys()
