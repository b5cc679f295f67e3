"""Amounts of money as people write them, in the Norwegian or the English way."""

from __future__ import annotations

import re
from decimal import Decimal

from portal.suppliers.sentences import Refused, quoted, sentence

# Numeric(16, 2) holds fourteen digits before the point.
_LARGEST = Decimal(10) ** 14
_CENT = Decimal("0.01")
_SPACES = re.compile(r"[\s'’]+")  # every kind of space, and the Swiss apostrophe
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
# Thousands in groups of three, all set off by the same mark; decimals after another mark.
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([ .,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def amount(text: str) -> Decimal:
    """Return `text` as an amount with two decimals, not negative.

    The rule: spaces and apostrophes part thousands. Where both a point and a comma stand, the last
    is the decimal mark. A mark that stands more than once parts thousands. A single mark before one,
    two, or four and more digits is the decimal mark. A single mark before exactly three digits
    ("1,234", "1.234") could be either and is refused, unless spaces part the thousands already or
    the part before it cannot be a group of thousands ("1234,567", "0,500").

    Raises:
        Refused: it is not an amount, or it can be read in two ways.
    """
    written = _SPACES.sub(" ", text).strip().removesuffix(",-").strip()
    if _EITHER.fullmatch(written):
        whole, decimals = re.split("[.,]", written)
        raise Refused(
            sentence(
                "the spend '%(text)s' can be read in two ways. "
                "Write %(thousands)s if it is thousands, or %(decimals)s if it has decimals.",
                text=written,
                thousands=whole + decimals,
                decimals=f"{whole}.{decimals}0",
            )
        )
    value = _value(written)
    if value is None:
        raise Refused(
            sentence(
                "the spend '%(text)s' is not an amount. Write it like 1234567.50 or 1 234 567,50.",
                text=quoted(text),
            )
        )
    if value >= _LARGEST:
        raise Refused(sentence("the spend '%(text)s' is too large.", text=quoted(text)))
    return value.quantize(_CENT)


def _value(written: str) -> Decimal | None:
    if not written.isascii():
        return None
    if grouped := _GROUPED.fullmatch(written):
        whole = re.sub("[ .,]", "", grouped[1])
        return Decimal(f"{whole}.{grouped[3] or 0}")
    if plain := _PLAIN.fullmatch(written):
        return Decimal(f"{plain[1]}.{plain[2] or 0}")
    return None
