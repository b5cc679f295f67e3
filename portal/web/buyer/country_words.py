"""The country figures behind a rating in words: each indicator with publication, edition and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import flask_babel
from flask_babel import gettext, lazy_gettext

from portal.ratings.country import Contribution, CountryIndex
from portal.ratings.publishers import PUBLISHERS
from portal.ratings.reference import ReferenceData, Source
from portal.ratings.settings import Indicator
from portal.suppliers.countries import country_name
from portal.web.buyer.rating_words import decimal

INDICATORS = {
    Indicator.WORKERS_RIGHTS: lazy_gettext("Workers' rights"),
    Indicator.FREEDOM: lazy_gettext("Freedom"),
    Indicator.LAW: lazy_gettext("Rule of law"),
    Indicator.CORRUPTION: lazy_gettext("Corruption"),
    Indicator.ABUSE: lazy_gettext("Child and forced labour"),
}


@dataclass(frozen=True)
class ShownFigure:
    """One indicator: its risk (0-100), and the publication it is from or why there is none."""

    name: str
    risk: str
    publication: str
    stands_in: bool


@dataclass(frozen=True)
class ShownCountry:
    """A country's index and the figures it is made of."""

    name: str
    index: str
    figures: tuple[ShownFigure, ...]


def countries(found: Iterable[CountryIndex], reference: ReferenceData) -> list[ShownCountry]:
    """Return the countries of a rating, worst first, in the reader's language."""
    sources = {source.id: source for source in reference.sources}
    locale = str(flask_babel.get_locale())
    return [
        ShownCountry(
            country_name(each.country, locale),
            decimal(each.index),
            tuple(_figure(part, sources) for part in each.contributions),
        )
        for each in found
    ]


def not_loaded(reference: ReferenceData) -> list[str]:
    """Return the titles of the publications that the model knows and nobody has loaded."""
    loaded = {source.id for source in reference.sources}
    return [each.title for each in PUBLISHERS.values() if each.source not in loaded]


def _figure(part: Contribution, sources: dict[str, Source]) -> ShownFigure:
    name = str(INDICATORS[part.indicator])
    if part.risk is None:
        return ShownFigure(name, "–", str(gettext("No figure is loaded")), stands_in=False)
    source = sources.get(part.source or "")
    publication = source.title if source else (part.source or "")
    if source:
        publication = gettext(
            "%(title)s, edition %(edition)s, figures of %(year)s",
            title=source.title,
            edition=source.edition,
            year=source.year,
        )
    return ShownFigure(name, decimal(part.risk), str(publication), part.is_fallback)
