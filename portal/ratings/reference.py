"""Reference data of the model: what is known about countries and about goods made in them.

The portal ships the tables in `data/` (origins and terms in `data/SOURCES.md`). Freedom House,
ITUC, CPI and WJP figures are loaded by the operator and added with `ReferenceData.with_figures`.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue

from portal.ratings.record import Record

_DATA = Path(__file__).parent / "data"
_SHIPPED_VERSION = "2026-11-20"

Percent = Annotated[float, Field(ge=0, le=100)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class Source(Record):
    """A publication the figures come from; `year` is the year the data describe."""

    id: str
    title: str
    edition: str
    year: int


class Indicators(Record):
    """What is known about one country; None where the publisher has no figure.

    `law` and `voice` are WGI percentile ranks (0-100, higher is better), `freedom` the Freedom
    House score (0-100, higher is better), `trade_unions` its item E3 (0-4, higher is better),
    `corruption` the CPI (0-100, higher is better), `ituc` the ITUC rating `1`-`5` or `5+` (higher
    is worse), `wjp_law` and `wjp_labour` the WJP's overall score and its item 4.8 on labour rights (0-1,
    higher is better; shown, not weighed), `ilo_unions` how many of ILO conventions 87 and 98 are
    ratified (0-2). The counts are goods on the US Department of Labor's list.
    """

    ituc: Literal["1", "2", "3", "4", "5", "5+"] | None = None
    trade_unions: Annotated[int, Field(ge=0, le=4)] | None = None
    ilo_unions: Annotated[int, Field(ge=0, le=2)] | None = None
    freedom: Percent | None = None
    voice: Percent | None = None
    law: Percent | None = None
    corruption: Percent | None = None
    forced_labour_goods: Annotated[int, Field(ge=0)] = 0
    child_labour_goods: Annotated[int, Field(ge=0)] = 0
    cahra: Literal["whole", "partial"] | None = None
    cahra_regions: tuple[str, ...] = ()
    dodd_frank: bool = False
    wjp_law: Fraction | None = None
    wjp_labour: Fraction | None = None
    parent: str | None = None

    @property
    def is_conflict_area(self) -> bool:
        """Whether the EU's CAHRA list or the Dodd-Frank Act names the country or a part of it."""
        return self.cahra is not None or self.dodd_frank


_NO_FIGURES = Indicators()


class ListedGood(Record):
    """A good from a country on the US Department of Labor's list."""

    good: str
    country: str
    forced_labour: bool
    child_labour: bool


class Figures(Record):
    """What one publication says: `fields` of `Indicators` are its own, and gone where it is silent.

    `countries` holds figures by country code and field; `goods` the listed goods, where it lists any.
    """

    fields: tuple[str, ...]
    countries: Mapping[str, Mapping[str, JsonValue]]
    goods: tuple[ListedGood, ...] | None = None


class ReferenceData(Record):
    """All reference data of one version; countries by ISO 3166-1 alpha-2 code."""

    version: str
    sources: tuple[Source, ...]
    countries: Mapping[str, Indicators]
    goods: Mapping[str, tuple[ListedGood, ...]]

    def indicators(self, country: str) -> Indicators:
        """Return what is known about `country`; an empty record for a code without a row."""
        return self.countries.get(country, _NO_FIGURES)

    def listed(self, goods: Iterable[str]) -> tuple[ListedGood, ...]:
        """Return the listed goods among `goods`, from all countries."""
        return tuple(row for good in goods for row in self.goods.get(good, ()))

    def has_loaded(self, *source_ids: str) -> bool:
        """Return whether all these publications are part of the data."""
        return set(source_ids) <= {source.id for source in self.sources}

    def with_figures(self, source: Source, figures: "Figures") -> Self:
        """Return the data with what `source` publishes in place of what it said before.

        Raises:
            ValueError: an unknown field or a figure out of range; it names the country.
        """
        nothing = Indicators().to_data()
        countries: dict[str, Indicators] = {}
        for country in dict.fromkeys([*self.countries, *figures.countries]):
            known = self.indicators(country).to_data()
            kept = {name: figure for name, figure in known.items() if name not in figures.fields}
            kept |= {name: nothing[name] for name in figures.fields if name in nothing}
            try:
                found = Indicators.from_data({**kept, **figures.countries.get(country, {})})
            except ValueError as error:
                raise ValueError(f"{source.title}, country {country}: {error}") from error
            countries[country] = found
        others = tuple(known for known in self.sources if known.id != source.id)
        return self.model_copy(
            update={
                "version": self._version_with(source, figures),
                "sources": (*others, source),
                "countries": countries,
                "goods": self.goods if figures.goods is None else _by_good(figures.goods),
            }
        )

    def _version_with(self, source: Source, figures: "Figures") -> str:
        """Return a short version that names the shipped data and stands for all that was added."""
        shipped_version = self.version.partition("+")[0]
        added = [self.version, source.to_data(), figures.to_data()]
        digest = sha256(json.dumps(added, sort_keys=True).encode()).hexdigest()
        return f"{shipped_version}+{digest[:12]}"

    def excerpt(self, countries: Iterable[str], goods: Iterable[str]) -> Self:
        """Return only what a case with these countries and goods needs, for storing with it."""
        wanted = set(countries)
        wanted |= {parent for c in wanted if (parent := self.indicators(c).parent)}
        listed = {good: rows for good in goods if (rows := self.goods.get(good))}
        kept = {c: self.countries[c] for c in sorted(wanted) if c in self.countries}
        return self.model_copy(update={"countries": kept, "goods": listed})


@cache
def shipped() -> ReferenceData:
    """Return the reference data that come with the portal; read once."""
    goods = _by_good(_listed_good(row) for row in _rows("dol_goods.csv"))
    parents = {row["territory"]: row["parent"] for row in _rows("territories.csv")}
    regions = {row["country_code"]: row["region_codes"].split() for row in _rows("cahra.csv")}
    countries = {
        row["iso2"]: _indicators(row, parents.get(row["iso2"]), tuple(regions.get(row["iso2"], ())))
        for row in _rows("country_risk.csv")
    }
    return ReferenceData(
        version=_SHIPPED_VERSION, sources=_SOURCES, countries=countries, goods=goods
    )


def _by_good(listed: Iterable[ListedGood]) -> dict[str, tuple[ListedGood, ...]]:
    """Return the listed goods by their names."""
    goods: dict[str, list[ListedGood]] = defaultdict(list)
    for one in listed:
        goods[one.good].append(one)
    return {good: tuple(rows) for good, rows in goods.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _listed_good(row: Mapping[str, str]) -> ListedGood:
    return ListedGood(
        good=row["good"],
        country=row["iso2"],
        forced_labour=row["forced_labor"] == "Yes",
        child_labour=row["child_labor"] == "Yes",
    )


def _indicators(row: Mapping[str, str], parent: str | None, regions: tuple[str, ...]) -> Indicators:
    figures = {
        "ilo_unions": row["ilo_c087_c098"],
        "voice": row["wgi_voice"],
        "law": row["wgi_rule_of_law"],
        "forced_labour_goods": row["dol_forced_labour_goods"],
        "child_labour_goods": row["dol_child_labour_goods"],
        "cahra": row["cahra_eu"],
    }
    known = {field: figure for field, figure in figures.items() if figure}
    marks = {"dodd_frank": row["cahra_dodd_frank"] == "1", "parent": parent}
    return Indicators.from_data({**known, **marks, "cahra_regions": regions})


_SOURCES = (
    Source(id="wgi", title="World Bank Worldwide Governance Indicators", edition="2024", year=2023),
    Source(id="ilo", title="ILO NORMLEX ratifications", edition="2026", year=2026),
    Source(
        id="dol",
        title="US Department of Labor list of goods produced by child labor or forced labor",
        edition="2022",
        year=2022,
    ),
    Source(id="cahra", title="EU indicative CAHRA list", edition="June 2026", year=2026),
    Source(id="dodd_frank", title="Dodd-Frank Act, section 1502", edition="2010", year=2010),
)
