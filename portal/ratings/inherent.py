"""Inherent risk: what country and category say before the supplier has answered anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from portal.ratings.case import Case
from portal.ratings.category import CategoryIndex, category_index
from portal.ratings.country import CountryIndex, country_index
from portal.ratings.reference import ReferenceData
from portal.ratings.settings import ModelSettings
from portal.suppliers.categories import Category, Kind


class Origin(StrEnum):
    """What is known of where a good is made."""

    TOLD = "country"
    UNKNOWN = "origin_unknown"
    UNTOLD = "origin_untold"


class Uplift(NamedTuple):
    """Points for a known link to forced labour, child labour or conflict; zero without one.

    `reason` is the code of the link; `good` and `country` name it where they are known.
    """

    points: float = 0.0
    reason: str = ""
    good: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Inherent:
    """Inherent risk with its parts: `score` = `of_country` + `of_category` + uplift, at most 100.

    `countries` holds the index of every known country, worst first; `country` is the index used,
    `origin` what it rests on.
    """

    score: float
    country: float
    category: CategoryIndex
    countries: tuple[CountryIndex, ...]
    origin: Origin
    uplift: Uplift
    of_country: float
    of_category: float


def inherent_risk(
    case: Case, category: Category, reference: ReferenceData, settings: ModelSettings
) -> Inherent:
    """Return the inherent risk of `case` (0-100): max of mean and dominance, plus uplift."""
    countries = _countries(case, reference, settings)
    origin, c = _country(case, category, countries[0].index, settings)
    k = category_index(category, settings, case.stage)
    uplift = _uplift(case, category, reference, settings)
    if origin is Origin.UNTOLD:
        uplift = max(uplift, _worst_uplift(category, reference, settings), key=_points)
    of_country, of_category = _shares(c, k.index, settings)
    return Inherent(
        score=min(100.0, of_country + of_category + uplift.points),
        country=c,
        category=k,
        countries=countries,
        origin=origin,
        uplift=uplift,
        of_country=of_country,
        of_category=of_category,
    )


def _places(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*case.production_countries, case.country)))


def _countries(
    case: Case, reference: ReferenceData, settings: ModelSettings
) -> tuple[CountryIndex, ...]:
    found = [country_index(place, reference, settings) for place in _places(case)]
    return tuple(sorted(found, key=lambda one: -one.index))


def _country(
    case: Case, category: Category, worst: float, settings: ModelSettings
) -> tuple[Origin, float]:
    """Return the country index that counts; hiding the origin of a good never pays."""
    if category.kind is Kind.SERVICE or case.production_countries:
        return Origin.TOLD, worst
    if case.origin_asked:
        return Origin.UNTOLD, max(worst, settings.origin_untold_floor)
    if worst >= settings.origin_unknown_floor:
        return Origin.TOLD, worst
    return Origin.UNKNOWN, settings.origin_unknown_floor


def _shares(c: float, k: float, settings: ModelSettings) -> tuple[float, float]:
    if (c + k) / 2 >= settings.dominance * max(c, k):
        return c / 2, k / 2
    return (settings.dominance * c, 0.0) if c > k else (0.0, settings.dominance * k)


def _uplift(
    case: Case, category: Category, reference: ReferenceData, settings: ModelSettings
) -> Uplift:
    places = _places(case)
    links = _listed_links(category, reference, settings, places)
    if category.conflict_minerals:
        links += [
            Uplift(points=settings.conflict_uplift, reason="conflict_area", country=place)
            for place in places
            if reference.indicators(place).is_conflict_area
        ]
    return max(links, key=_points, default=Uplift())


def _worst_uplift(category: Category, reference: ReferenceData, settings: ModelSettings) -> Uplift:
    """Return the highest uplift the category could have, whatever the country."""
    links = [link.points for link in _listed_links(category, reference, settings, None)]
    if category.conflict_minerals:
        links.append(settings.conflict_uplift)
    return Uplift(points=max(links), reason="origin_untold") if links else Uplift()


def _listed_links(
    category: Category,
    reference: ReferenceData,
    settings: ModelSettings,
    places: Sequence[str] | None,
) -> list[Uplift]:
    """Return the links from the US list, in `places` or anywhere."""
    links = []
    for row in reference.listed(category.dol_goods):
        if places is not None and row.country not in places:
            continue
        where = {"good": row.good, "country": row.country}
        if row.forced_labour:
            points = settings.forced_labour_uplift
            links.append(Uplift(points=points, reason="forced_labour", **where))
        if row.child_labour:
            points = settings.child_labour_uplift
            links.append(Uplift(points=points, reason="child_labour", **where))
    return links


def _points(uplift: Uplift) -> float:
    return uplift.points
