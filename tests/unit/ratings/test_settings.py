import pytest
from pydantic import ValidationError

from portal.ratings.settings import Band, ModelSettings, Value, band_of


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"credits": {Value.DECLARED: 0.9, Value.EVIDENCED: 0.8}}, "may not earn more"),
        ({"credits": {Value.UNANSWERED: 0.1}}, "Only answers that show something"),
        ({"months_until_no_credit": 12}, "last longer"),
        ({"overdue_floor": 20}, "Silence may not be shown as low"),
        ({"declined_addition": 5}, "Declining may not be better"),
        ({"origin_untold_floor": 50}, "Hiding the origin"),
        ({"bands": (25, 75, 50)}, "must rise"),
        ({"ceiling": 0.7}, "less than or equal to 0.6"),
        ({"default_severity": 6}, "less than or equal to 5"),
        ({"nonsense": 1}, "Extra inputs"),
    ],
)
def test_settings_that_break_a_promise_are_refused(
    changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        ModelSettings.from_data(changes)


@pytest.mark.parametrize(
    ("score", "band"),
    [(24.99, "low"), (25, "medium"), (50, "high"), (74.99, "high"), (75, "very_high")],
)
def test_a_band_begins_at_its_cut(score: float, band: str) -> None:
    assert band_of(score, ModelSettings().bands) == Band(band)


def test_topics_without_a_severity_of_their_own_have_the_default() -> None:
    settings = ModelSettings()
    assert (settings.severity("child_labour"), settings.severity("wages")) == (5, 3)
