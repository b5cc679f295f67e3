"""What of a declaration is news after the one it replaces."""

import pytest

from portal.followup.alerts import news


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([], ["a", "b"]),
        ([("lab_child_found", 0)], ["b"]),
        ([("lab_child_found", 1)], ["a", "b"]),
        ([("lab_child_found", 0), ("lab_passports", None)], []),
    ],
)
def test_only_what_the_same_answer_did_not_reveal_before_is_news(before, told) -> None:
    found = {"a": ("lab_child_found", 0), "b": ("lab_passports", None)}
    assert news(found, before) == told
