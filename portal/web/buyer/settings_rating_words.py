"""The words of the rating model's settings, and what one version changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext

from portal.ratings.models import RatingSettings
from portal.ratings.settings import ModelSettings
from portal.ratings.settings_kept import BadSettings, Difference, differences
from portal.web.buyer.rating_words import decimal_as_short, topic_name
from portal.web.buyer.supplier_words import category_name

# The figures a buyer may set, by their names in `ModelSettings`.
FIGURES = {
    "ceiling": lazy_gettext("Share of the risk that answers can take away (0.4–0.6)"),
    "dominance": lazy_gettext(
        "Share of the worse of country and category that always counts (0–1)"
    ),
    "months_of_full_credit": lazy_gettext("Months in which an answer counts in full"),
    "months_until_no_credit": lazy_gettext("Months after which an answer counts no more"),
    "overdue_addition": lazy_gettext("Points added when a supplier does not answer in time"),
    "declined_addition": lazy_gettext("Points added when a supplier declines"),
    "default_country_index": lazy_gettext("Country index where no figures exist (0–100)"),
    "unknown_category_index": lazy_gettext("Index of an unknown category (0–100)"),
}


@dataclass(frozen=True)
class ToldVersion:
    """A version with what it changed, in words."""

    row: RatingSettings
    changes: tuple[Difference, ...]


def told(rows: Sequence[RatingSettings]) -> list[ToldVersion]:
    """Return the versions (newest first), each against the one before; the first against as shipped."""
    before = [*(row.values for row in rows[1:]), ModelSettings().to_data()][: len(rows)]
    return [
        ToldVersion(row, tuple(_named(one) for one in differences(old, row.values)))
        for row, old in zip(rows, before, strict=True)
    ]


def said_of(error: BadSettings) -> dict[str, str]:
    """Return what is wrong with the form, in words, by the id of the input (empty for several)."""
    found: dict[str, str] = {}
    for name, sentence in error.misfits:
        values = {
            key: decimal_as_short(value) if isinstance(value, int | float) else value
            for key, value in sentence.values.items()
        }
        found.setdefault(_input(name), str(gettext(sentence.template, **values)))
    return found


def in_summary(problems: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the problems as the summary lists them: the input's id, and its label with what is wrong."""
    return [
        (
            each,
            gettext("%(field)s: %(why)s", field=label, why=why) if (label := _label(each)) else why,
        )
        for each, why in problems.items()
    ]


def _input(name: str) -> str:
    """Return the id of the input in which the setting `name` was given."""
    first, _, rest = name.partition(".")
    if first == "category_overrides":
        return "category_reason" if rest.endswith(".reason") else "category_index"
    return f"severity.{rest}" if first == "severities" else name


def _label(name: str) -> str:
    if name.startswith("severity."):
        return topic_name(name.removeprefix("severity."))
    return str(FIGURES.get(name, ""))


def _named(one: Difference) -> Difference:
    first, _, rest = one.name.partition(".")
    if first in FIGURES:
        return one._replace(name=str(FIGURES[first]))
    if first == "severities":
        return one._replace(name=topic_name(rest))
    if first == "category_overrides":
        return one._replace(name=category_name(rest.partition(".")[0]))
    return one._replace(name=one.name.replace("_", " "))
