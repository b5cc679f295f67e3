"""The words of the rating model's settings, and what one version changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext

from portal.ratings.models import RatingSettings
from portal.ratings.settings import ModelSettings
from portal.ratings.settings_kept import Difference, differences
from portal.web.buyer.rating_words import topic_name
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


def _named(one: Difference) -> Difference:
    first, _, rest = one.name.partition(".")
    if first in FIGURES:
        return one._replace(name=str(FIGURES[first]))
    if first == "severities":
        return one._replace(name=topic_name(rest))
    if first == "category_overrides":
        return one._replace(name=category_name(rest.partition(".")[0]))
    return one._replace(name=one.name.replace("_", " "))
