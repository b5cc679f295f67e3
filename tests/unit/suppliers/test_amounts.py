from decimal import Decimal

import pytest

from portal.suppliers.amounts import amount
from portal.suppliers.sentences import Refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("1234567", "1234567"),
        ("1 234 567,50", "1234567.50"),
        ("1\u00a0234\u00a0567,50", "1234567.50"),
        ("1\u202f234,567", "1234.57"),
        ("1,234,567.50", "1234567.50"),
        ("1.234.567,50", "1234567.50"),
        ("1,234,567", "1234567"),
        ("1'234'567.50", "1234567.50"),
        ("12,5", "12.50"),
        ("12.50", "12.50"),
        ("1234,567", "1234.57"),
        ("0,500", "0.50"),
        ("1.2340", "1.23"),
        ("1 000,-", "1000"),
    ],
)
def test_norwegian_and_english_amounts(text, expected):
    assert amount(text) == Decimal(expected)


def test_an_amount_that_can_be_read_in_two_ways_is_refused_with_both():
    with pytest.raises(Refused) as caught:
        amount("1,234")
    assert str(caught.value) == (
        "the spend '1,234' can be read in two ways. "
        "Write 1234 if it is thousands, or 1.2340 if it has decimals."
    )


@pytest.mark.parametrize(
    "text",
    ["", "abc", "-5", "1e9", "12 34", "1,23,456", "1.234,567.8", "NaN", "١٢", "1" * 15, "5 %"],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Refused, match="the spend"):
        amount(text)
