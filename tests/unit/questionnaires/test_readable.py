"""Answers in words."""

import pytest

from portal.questionnaires.readable import readable
from portal.questionnaires.schema import Question
from portal.questionnaires.strict import tuples

LABELS = {"yes": "Ja", "no": "Nei", "na": "Ikke aktuelt", "unknown": "Vet ikke"}
COUNTRIES = {"NO": "Norge", "SE": "Sverige"}
OPTIONS = [{"id": "a", "label": "Alfa"}, {"id": "b", "label": "Beta"}]
COLUMNS = [
    {"id": "c", "type": "country", "label": "Land"},
    {"id": "s", "type": "single", "label": "Hva", "options": OPTIONS},
    {"id": "p", "type": "percent", "label": "Andel"},
    {"id": "t", "type": "text", "label": "Merknad"},
]


def words(kind, value, **more):
    data = {"id": "q", "type": kind, "tier": "core", "required": True, "text": "T", "norm": ["x"]}
    question = Question.model_validate(tuples({**data, **more}))
    return readable(question, value, COUNTRIES.__getitem__, LABELS)


@pytest.mark.parametrize(
    ("kind", "value", "more", "expected"),
    [
        ("yes_no", "yes", {}, ["Ja"]),
        ("yes_no_na", "na", {}, ["Ikke aktuelt"]),
        ("single", "b", {"options": OPTIONS}, ["Beta"]),
        ("multi", ["a", "b"], {"options": OPTIONS}, ["Alfa", "Beta"]),
        ("number", 48, {"unit": "timer"}, ["48 timer"]),
        ("number", 37.5, {}, ["37.5"]),
        ("percent", 0, {}, ["0 %"]),
        ("percent", "unknown", {"allow_unknown": True}, ["Vet ikke"]),
        ("text", "unknown", {}, ["unknown"]),
        ("date", "2026-11-21", {}, ["2026-11-21"]),
        ("country_list", ["NO", "SE"], {}, ["Norge", "Sverige"]),
        ("file", ["a.pdf", "b.pdf"], {}, ["a.pdf", "b.pdf"]),
        ("text", None, {}, []),
        ("multi", [], {"options": OPTIONS}, []),
        (
            "matrix",
            [{"id": "0", "c": "NO", "s": "a"}, {"id": "1", "p": 12.5, "t": "x"}],
            {"rows": "dynamic", "columns": COLUMNS},
            ["Land: Norge; Hva: Alfa", "Andel: 12.5 %; Merknad: x"],
        ),
        (
            "matrix",
            [{"id": "r", "t": "x"}],
            {"rows": [{"id": "r", "label": "Rad"}], "columns": COLUMNS},
            ["Rad – Merknad: x"],
        ),
    ],
)
def test_in_words(kind, value, more, expected):
    assert words(kind, value, **more) == expected
