"""Posted fields -> values, type by type."""

from datetime import date

import pytest

from portal.questionnaires.plainvalues import country_codes
from portal.questionnaires.schema import Question
from portal.questionnaires.strict import tuples
from portal.questionnaires.values import read_answer, read_comment
from portal.suppliers import countries

OPTIONS = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
COLUMNS = [
    {"id": "n", "type": "number", "label": "N", "min": 0},
    {"id": "c", "type": "country", "label": "C"},
    {"id": "s", "type": "single", "label": "S", "options": OPTIONS},
    {"id": "d", "type": "date", "label": "D"},
    {"id": "p", "type": "percent", "label": "P"},
    {"id": "t", "type": "text", "label": "T"},
    {"id": "f", "type": "file", "label": "F"},
]
ROWS = [{"id": "first", "label": "First"}, {"id": "second", "label": "Second"}]


def make(kind, **more):
    data = {"id": "q", "type": kind, "tier": "core", "required": True, "text": "T", "norm": ["x"]}
    return Question.model_validate(tuples({**data, **more}))


def read(question, *given, **fields):
    posted = {name.replace("__", "."): [text] for name, text in fields.items()}
    if given:
        posted["q"] = list(given)
    return read_answer(question, posted, date(2026, 11, 21))


def code(reading):
    assert reading.value is None
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48", 48),
        ("37,5", 37.5),
        ("37.5", 37.5),
        (" 1 234 ", 1234),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234", 1234),
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("0,125", 0.125),
        ("-3", -3),
        ("\u22123", -3),
        ("4.0", 4),
        ("１２", 12),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    result = read(make("number"), text).value
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize("text", ["many", "1e5", "nan", "inf", "--1", "1,2,3", "0x10", "9" * 400])
def test_what_is_no_number_is_said(text):
    assert code(read(make("number"), text)) == ["not_a_number"]


@pytest.mark.parametrize(
    ("text", "problem"), [("9007199254740993", "above_max"), ("-9007199254740993", "below_min")]
)
def test_a_number_that_cannot_be_sealed_is_not_kept(text, problem):
    assert code(read(make("number"), text)) == [problem]
    assert read(make("number"), "999999999999999").value == 999_999_999_999_999


def test_numbers_keep_their_limits():
    question = make("number", min=10, max=25)
    assert read(question, "10").value == 10
    below = read(question, "9")
    assert code(below) == ["below_min"]
    assert below.problems[0].params == {"min": 10}
    assert code(read(question, "26")) == ["above_max"]


def test_percent_is_between_0_and_100():
    question = make("percent")
    assert read(question, "12,345 %").value == 12.345
    assert code(read(question, "101")) == ["above_max"]
    assert code(read(question, "-1")) == ["below_min"]


@pytest.mark.parametrize("kind", ["yes_no", "single", "multi", "number", "text", "matrix", "date"])
def test_blank_is_no_answer(kind):
    assert read(make(kind, options=OPTIONS if kind == "single" else []), "  ").value is None
    assert read(make(kind)).problems == ()


def test_choices():
    assert read(make("yes_no"), "yes").value == "yes"
    assert code(read(make("yes_no"), "na")) == ["unknown_option"]
    assert read(make("yes_no_na"), "na").value == "na"
    assert read(make("single", options=OPTIONS), "b").value == "b"
    assert code(read(make("single", options=OPTIONS), "c")) == ["unknown_option"]


def test_not_known_is_an_answer_where_it_is_allowed():
    for kind in ("yes_no", "percent", "country_list", "number", "matrix"):
        assert read(make(kind, allow_unknown=True), "unknown").value == "unknown"
        assert read(make(kind), "unknown").value is None
    assert read(make("percent", allow_unknown=True), "", "unknown").value == "unknown"
    assert code(read(make("percent", allow_unknown=True), "5", "unknown")) == [
        "exclusive_with_others"
    ]
    both = {"q": ["unknown"], "q.0.n": ["1"]}
    question = make("matrix", rows="dynamic", columns=COLUMNS, allow_unknown=True)
    assert code(read_answer(question, both)) == ["exclusive_with_others"]


def test_several_choices_stand_in_the_order_of_the_question():
    none = {"id": "none", "label": "None", "exclusive": True}
    question = make("multi", options=[*OPTIONS, none])
    assert read(question, "b", "a", "b").value == ["a", "b"]
    assert read(question, "none").value == ["none"]
    together = read(question, "a", "none")
    assert code(together) == ["exclusive_with_others"]
    assert together.problems[0].params == {"option": "none"}
    assert code(read(question, "a", "x")) == ["unknown_option"]


@pytest.mark.parametrize("text", ["2026-03-01", "01.03.2026", "1/3/2026"])
def test_dates_are_kept_in_iso_form(text):
    assert read(make("date"), text).value == "2026-03-01"


@pytest.mark.parametrize("text", ["2026-02-30", "soon", "0001-01-01", "2026"])
def test_what_is_no_date_is_said(text):
    assert code(read(make("date"), text)) == ["not_a_date"]


def test_a_date_may_be_barred_from_the_future():
    question = make("date", not_future=True)
    assert read(question, "2026-11-21").value == "2026-11-21"
    assert code(read(question, "2026-11-22")) == ["in_future"]
    assert read(make("date"), "2026-11-22").value == "2026-11-22"


def test_text_is_cleaned_and_limited():
    assert read(make("text"), " a\r\nb\x00 ").value == "a\nb"
    assert read(make("text"), "x" * 4000).value == "x" * 4000
    assert code(read(make("text"), "x" * 4001)) == ["too_long"]


def test_formats_of_text():
    assert read(make("text", format="email"), "post@example.no").value == "post@example.no"
    assert code(read(make("text", format="email"), "same")) == ["not_an_email"]
    assert read(make("text", format="url"), "www.example.no/a").value == "https://www.example.no/a"
    for wrong in ("nowhere", "javascript://example.no", "https://a b.no", "ftp://example.no"):
        assert code(read(make("text", format="url"), wrong)) == ["not_a_url"]


def test_countries():
    question = make("country_list")
    assert read(question, "no", "SE", "NO").value == ["NO", "SE"]
    reading = read(question, "NO", "XX")
    assert reading.value == ["NO"]
    assert reading.problems[0].code == "bad_country"


def test_the_countries_are_those_of_the_supplier_register():
    assert country_codes() == set(countries.country_codes())


def test_a_matrix_with_rows_of_its_own():
    question = make("matrix", rows=ROWS, columns=COLUMNS)
    reading = read(question, q__first__n="5", q__first__c="no", q__third__n="1", q__second__t=" ")
    assert reading.value == [{"id": "first", "n": 5, "c": "NO"}]
    assert reading.problems == ()


def test_added_rows_are_numbered_without_gaps():
    question = make("matrix", rows="dynamic", columns=COLUMNS)
    reading = read(question, q__10__n="3", q__2__s="a", q__3__t="", q__x__n="9", q__4__z="9")
    assert reading.value == [{"id": "0", "s": "a"}, {"id": "1", "n": 3}]


def test_a_wrong_cell_is_named_and_the_others_kept():
    question = make("matrix", rows="dynamic", columns=COLUMNS)
    reading = read(question, q__0__n="-1", q__0__d="soon", q__0__p="50", q__0__s="z", q__0__c="no")
    assert reading.value == [{"id": "0", "p": 50, "c": "NO"}]
    assert {(each.name, each.code) for each in reading.problems} == {
        ("q.0.n", "below_min"),
        ("q.0.d", "not_a_date"),
        ("q.0.s", "unknown_option"),
    }


def test_a_wrong_cell_is_named_as_its_row_is_counted_anew():
    question = make("matrix", rows="dynamic", columns=COLUMNS)
    reading = read(question, q__3__n="many", q__5__n="2", q__5__p="200")
    assert reading.value == [{"id": "0"}, {"id": "1", "n": 2}]
    assert [each.name for each in reading.problems] == ["q.0.n", "q.1.p"]


def test_too_many_rows_are_refused():
    question = make("matrix", rows="dynamic", columns=COLUMNS, max_rows=2)
    assert code(read(question, q__0__n="1", q__1__n="1", q__2__n="1")) == ["too_many_rows"]


def test_a_comment_is_read_under_its_own_name():
    assert read_comment(make("yes_no"), {"q.comment": [" why "]}).value == "why"
    assert read_comment(make("yes_no"), {"q": ["yes"]}).value is None
    assert read_comment(make("yes_no"), {"q.comment": ["x" * 5000]}).problems[0].name == "q.comment"
