"""What a publisher's file says, as figures of the reference data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from portal.ratings.publication_table import Entry, PublishedTable, published_table
from portal.ratings.publishers import PUBLISHERS, Kind
from portal.ratings.reference import Figures, ListedGood, Source, shipped
from portal.suppliers.sentences import Refused, sentence

_WGI = {"rl": "law", "va": "voice"}
_YES = {"yes", "true", "1", "x"}
Rows = dict[str, dict[str, JsonValue]]


@dataclass(frozen=True)
class Loaded:
    """A file that was read: whose it is, what it says, and the names that are no country here."""

    source: Source
    figures: Figures
    left_out: tuple[str, ...]


def read_publication(
    kind: Kind, content: bytes, *, year: int | None = None, edition: str = ""
) -> Loaded:
    """Return what a publisher's own file says; `year` and `edition` where the file does not tell.

    Raises:
        Refused: the file is not of this kind, or a figure in it is impossible, naming row and field.
    """
    publisher = PUBLISHERS[kind]
    table = published_table(content, publisher)
    told = year or table.year
    if told is None:
        raise Refused(sentence("The file does not tell its year. Add --year, such as --year 2025."))
    source = Source(
        id=publisher.source,
        title=publisher.title,
        edition=edition or str(told + publisher.lag),
        year=told,
    )
    figures = _READERS.get(kind, _plain_figures)(table, tuple(publisher.columns))
    try:
        shipped().with_figures(source, figures)
    except ValueError as error:
        raise Refused(sentence("%(problem)s", problem=str(error))) from None
    return Loaded(source, figures, table.left_out)


def _plain_figures(table: PublishedTable, fields: tuple[str, ...]) -> Figures:
    rows: Rows = {}
    for entry in table.entries:
        if entry.country in rows:
            raise Refused(
                sentence(
                    "Row %(row)s: the country %(country)s stands there twice for one year.",
                    row=entry.row,
                    country=entry.country,
                )
            )
        rows[entry.country] = {
            field: text if field == "ituc" else _figure(entry, field)
            for field, text in entry.cells.items()
            if text
        }
    return Figures(fields=fields, countries=rows)


def _governance(table: PublishedTable, _fields: tuple[str, ...]) -> Figures:
    """Read one row per country and indicator; percentile ranks of rule of law and voice are kept."""
    rows: Rows = defaultdict(dict)
    for entry in table.entries:
        field = _WGI.get(entry.cells["indicator"].casefold())
        if field and entry.cells["pctrank"]:
            rows[entry.country][field] = _figure(entry, "pctrank")
    return Figures(fields=tuple(_WGI.values()), countries=rows)


def _listed_goods(table: PublishedTable, _fields: tuple[str, ...]) -> Figures:
    goods = tuple(
        ListedGood(
            good=entry.cells["good"],
            country=entry.country,
            forced_labour=_is_yes(entry.cells["forced_labour"]),
            child_labour=_is_yes(entry.cells["child_labour"]),
        )
        for entry in table.entries
        if entry.cells["good"]
    )
    rows: Rows = {
        country: {
            "forced_labour_goods": sum(g.forced_labour for g in goods if g.country == country),
            "child_labour_goods": sum(g.child_labour for g in goods if g.country == country),
        }
        for country in dict.fromkeys(good.country for good in goods)
    }
    return Figures(
        fields=("forced_labour_goods", "child_labour_goods"), countries=rows, goods=goods
    )


def _conflict_areas(table: PublishedTable, _fields: tuple[str, ...]) -> Figures:
    """Read one row per country or per region; without a region the whole country is meant."""
    regions: dict[str, list[JsonValue]] = defaultdict(list)
    whole: set[str] = set()
    for entry in table.entries:
        regions[entry.country] += entry.cells["regions"].replace(";", " ").split()
        if _is_yes(entry.cells["whole"]):
            whole.add(entry.country)
    rows: Rows = {
        country: {
            "cahra": "whole" if country in whole or not codes else "partial",
            "cahra_regions": codes,
        }
        for country, codes in regions.items()
    }
    return Figures(fields=("cahra", "cahra_regions"), countries=rows)


_READERS: Mapping[Kind, Callable[[PublishedTable, tuple[str, ...]], Figures]] = {
    Kind.WGI: _governance,
    Kind.DOL: _listed_goods,
    Kind.CAHRA: _conflict_areas,
}


def _figure(entry: Entry, field: str) -> float:
    text = entry.cells[field]
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise Refused(
            sentence(
                "Row %(row)s, %(field)s: “%(text)s” is not a number.",
                row=entry.row,
                field=field,
                text=text,
            )
        ) from None


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES
