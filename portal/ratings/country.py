"""Country index: how badly workers are protected where a thing is made, 0-100, higher is worse."""

from dataclasses import dataclass
from typing import NamedTuple

from portal.ratings.reference import Indicators, ReferenceData
from portal.ratings.settings import Band, Indicator, ModelSettings, Step, band_of


class Contribution(NamedTuple):
    """One indicator's part in the index.

    `source` is the id of the publication used, None where no figure is known; `risk` is 0-100;
    `points` is what it adds to the index; `is_fallback` marks a stand-in for the first choice.
    """

    indicator: Indicator
    weight: float
    source: str | None = None
    risk: float | None = None
    points: float = 0.0
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class CountryIndex:
    """The index of one country and how it came about.

    `coverage` is the share (0-1) of the first four weights with a figure. With too little of it
    the `parent` state's index stands in, or the default (`is_default`). `floor` is set where a
    conflict-affected or high-risk area lifted the index.
    """

    country: str
    index: float
    band: Band
    coverage: float
    contributions: tuple[Contribution, ...]
    parent: str | None = None
    is_default: bool = False
    floor: float | None = None

    @property
    def missing(self) -> tuple[Indicator, ...]:
        """The indicators without a figure."""
        return tuple(part.indicator for part in self.contributions if part.risk is None)


def country_index(country: str, reference: ReferenceData, settings: ModelSettings) -> CountryIndex:
    """Return the index of `country` (ISO alpha-2); a code without data gets the default."""
    known = reference.indicators(country)
    parts = _contributions(known, reference, settings)
    coverage = _coverage(parts)
    parent = None
    is_default = False
    if coverage >= settings.minimum_coverage:
        index = sum(part.points for part in parts)
    elif known.parent:
        parent = known.parent
        of_parent = country_index(parent, reference, settings)
        index, parts, is_default = of_parent.index, of_parent.contributions, of_parent.is_default
    else:
        index, is_default = settings.default_country_index, True
    floor = _conflict_floor(known, settings)
    lifted = max(index, floor)
    return CountryIndex(
        country=country,
        index=lifted,
        band=band_of(lifted, settings.country_bands),
        coverage=coverage,
        contributions=parts,
        parent=parent,
        is_default=is_default,
        floor=floor if lifted > index else None,
    )


def _contributions(
    known: Indicators, reference: ReferenceData, settings: ModelSettings
) -> tuple[Contribution, ...]:
    # Two ratifications say little: they count only until the rights indices have been loaded.
    use_ilo = not reference.has_loaded("ituc", "freedom_house")
    found = {
        Indicator.WORKERS_RIGHTS: _workers_rights(known, settings, use_ilo=use_ilo),
        Indicator.FREEDOM: _freedom(known),
        Indicator.LAW: _reversed("wgi", known.law),
        Indicator.CORRUPTION: _reversed("cpi", known.corruption),
        Indicator.ABUSE: ("dol", _abuse(known, settings), False),
    }
    weights = settings.indicator_weights
    total = sum([weights[one] for one, (_, risk, _) in found.items() if risk is not None])
    return tuple(
        [
            Contribution(
                indicator=indicator,
                source=source,
                risk=risk,
                is_fallback=is_fallback,
                weight=weights[indicator],
                points=risk * weights[indicator] / total if risk else 0.0,
            )
            for indicator, (source, risk, is_fallback) in found.items()
        ]
    )


_Found = tuple[str | None, float | None, bool]
_NOTHING: _Found = (None, None, False)


def _workers_rights(known: Indicators, settings: ModelSettings, *, use_ilo: bool) -> _Found:
    if known.ituc is not None:
        return "ituc", settings.ituc_risk[known.ituc], False
    if known.trade_unions is not None:
        return "freedom_house", 25.0 * (4 - known.trade_unions), True
    if use_ilo and known.ilo_unions is not None:
        return "ilo", settings.ilo_risk[known.ilo_unions], True
    return _NOTHING


def _freedom(known: Indicators) -> _Found:
    if known.freedom is not None:
        return _reversed("freedom_house", known.freedom)
    return _reversed("wgi", known.voice, is_fallback=True)


def _reversed(source: str, figure: float | None, *, is_fallback: bool = False) -> _Found:
    return _NOTHING if figure is None else (source, 100 - figure, is_fallback)


def _abuse(known: Indicators, settings: ModelSettings) -> float:
    return max(
        _step(known.forced_labour_goods, settings.forced_labour_steps),
        _step(known.child_labour_goods, settings.child_labour_steps),
    )


def _step(count: int, steps: tuple[Step, ...]) -> float:
    return max((risk for least, risk in steps if count >= least), default=0.0)


def _coverage(parts: tuple[Contribution, ...]) -> float:
    """Return the share of weight with a figure; listed goods are always known, so left out."""
    measured = [part for part in parts if part.indicator is not Indicator.ABUSE]
    known = sum(part.weight for part in measured if part.risk is not None)
    return known / sum(part.weight for part in measured)


def _conflict_floor(known: Indicators, settings: ModelSettings) -> float:
    if known.cahra == "whole":
        return settings.cahra_whole_floor
    return settings.cahra_part_floor if known.is_conflict_area else 0.0
