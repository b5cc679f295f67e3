from decimal import Decimal

import pytest

from portal.suppliers.cells import Reading, clean, value
from portal.suppliers.sentences import Refused

READING = Reading(locales=("en", "nb", "zh_Hant"))


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("country", "Norge", "NO"),
        ("country", "south korea", "KR"),
        ("production_countries", "CN, Vietnam;NO/SE", ["CN", "NO", "SE", "VN"]),
        ("production_countries", "CN VN cn", ["CN", "VN"]),
        ("production_countries", "South Korea, Tsjekkia", ["CZ", "KR"]),
        ("category", "batteries", "batteries"),
        ("category", "Batterier", "batteries"),
        ("category", "BATTERIES", "batteries"),
        ("criticality", "b", "B"),
        ("spend", "1 234,50", Decimal("1234.50")),
        ("currency", "nok", "NOK"),
        ("channel", "Dealer", "dealer"),
        ("channel", "produsent", "producer"),
        ("size", "34", "n10_49"),
        ("size", "250–999", "n250_999"),
        ("size", "5000+", "n5000"),
        ("size", "n1_9", "n1_9"),
        ("contact_email", "Post@Fabrikk.EXAMPLE", "Post@fabrikk.example"),
        ("contact_email", "post@blåbær.example", "post@xn--blbr-roah.example"),
        ("contact_locale", "NO", "nb"),
        ("contact_locale", "en-GB", "en"),
        ("contact_locale", "Norsk bokmål", "nb"),
        ("contact_locale", "zh-hant", "zh_Hant"),
    ],
)
def test_what_a_cell_means(field, text, expected):
    assert value(field, text, READING) == expected


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("country", "Norwey", "the country 'Norwey' is not known. Did you mean Norway (NO)?"),
        ("country", "Xyzzy", "the country 'Xyzzy' is not known. Write its two-letter ISO code"),
        ("production_countries", "CN; Norwey", "the country 'Norwey' is not known."),
        (
            "category",
            "Bateries",
            "the category 'Bateries' is not known. Did you mean Batteries (batteries)?",
        ),
        ("category", "zzzzzz", "the category 'zzzzzz' is not known. Write a category's id"),
        ("criticality", "D", "the criticality 'D' is not A, B or C."),
        ("currency", "kroner", "the currency 'kroner' is not known."),
        ("channel", "agent", "the channel 'agent' is not known."),
        ("size", "0", "the size '0' is not known. Write how many people work there"),
        ("size", "many", "the size 'many' is not known."),
        ("contact_email", "a@", "the e-mail address 'a@' cannot be used."),
        ("contact_email", "a@b.example; c@d.example", "the cell contact_email holds more than one"),
        ("contact_email", "å@b.example", "the e-mail address 'å@b.example' cannot be used."),
        ("contact_locale", "tlh", "the language 'tlh' is not offered. Choose one of: en, nb"),
        ("key", "k" * 65, "the text is longer than 64 characters."),
        ("name", "#REF!", "the cell holds the spreadsheet error #REF!."),
    ],
)
def test_why_a_cell_is_refused(field, text, reason):
    with pytest.raises(Refused) as caught:
        value(field, text, READING)
    assert str(caught.value).startswith(reason)


def test_suggestions_name_countries_in_the_readers_language():
    with pytest.raises(Refused, match=r"Did you mean Norge \(NO\)"):
        value("country", "Norwey", Reading(("en",), locale="nb"))


def test_clean_text_is_one_line_without_marks_that_turn_it_round():
    assert clean(" A\r\nB\x00\tC\u202e ") == "A B C"
