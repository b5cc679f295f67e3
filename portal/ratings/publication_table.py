"""A publisher's file as rows: the table is found by its headings, whatever stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.ratings.publishers import COUNTRY, Publisher
from portal.suppliers.countries import country_code
from portal.suppliers.csv_lines import csv_lines
from portal.suppliers.sentences import Refused, quoted, sentence
from portal.suppliers.workbook_lines import workbook_lines

MAX_BYTES = 50 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = {"", "..", "-", "–", "n/a", "na", "#n/a", "no data"}


@dataclass(frozen=True)
class Entry:
    """One row: its number in its sheet's order, its country's code and its cells by field."""

    row: int
    country: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class PublishedTable:
    """The rows of the newest year. `left_out` are names no country is known by, `year` None if unsaid."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]
    year: int | None


@dataclass(frozen=True)
class _Heading:
    fields: Mapping[str, int]
    countries: tuple[int, ...]
    years: int | None
    named_year: int | None


def published_table(content: bytes, publisher: Publisher) -> PublishedTable:
    """Return what the file says of countries, of its newest year only.

    Raises:
        Refused: no table with the publisher's columns is in the file, or it names no country.
    """
    if len(content) > MAX_BYTES:
        raise Refused(sentence("The file is larger than %(limit)s MB.", limit=MAX_BYTES >> 20))
    heading: _Heading | None = None
    found: list[tuple[int | None, Entry]] = []
    left_out: dict[str, None] = {}
    for number, line in enumerate(_lines(content, publisher), start=1):
        heading_here = _heading(line, publisher)
        if heading_here:
            if heading and found:
                break  # the same table again on another sheet: the first one counts
            heading = heading_here
        elif heading and any(line):
            year = _year(line, heading)
            country = _country(line, heading)
            if country:
                found.append((year, Entry(number, country, _cells(line, heading))))
            elif named := _named(line, heading):
                left_out[named] = None
    return _newest(heading, found, tuple(left_out), publisher)


def _newest(
    heading: _Heading | None,
    found: Sequence[tuple[int | None, Entry]],
    left_out: tuple[str, ...],
    publisher: Publisher,
) -> PublishedTable:
    if heading is None or not found:
        wanted = ", ".join(publisher.columns)
        raise Refused(
            sentence(
                "The file has no table of %(title)s: a country and %(columns)s are looked for.",
                title=publisher.title,
                columns=wanted,
            )
        )
    years = {year for year, _ in found if year}
    newest = max(years, default=None)
    entries = tuple(entry for year, entry in found if year == newest)
    year = newest or heading.named_year
    return PublishedTable(entries, left_out, year - publisher.lag if year else None)


def _lines(content: bytes, publisher: Publisher) -> Iterator[list[str]]:
    if content.startswith(_ZIP):
        return workbook_lines(content, every_sheet=True)
    return csv_lines(content, lambda header: 2 if _heading(header, publisher) else len(header) > 1)


def _heading(line: Sequence[str], publisher: Publisher) -> _Heading | None:
    """Return where the columns stand if `line` names a country and all the publisher's fields."""
    names = [_plain(cell) for cell in line]
    fields = {field: _place(names, pattern) for field, pattern in publisher.columns.items()}
    countries = [_place(names, pattern) for pattern in COUNTRY]
    known = tuple(place for place in countries if place is not None)
    if not known or None in fields.values():
        return None
    places = {field: place for field, place in fields.items() if place is not None}
    named = [int(year) for place in places.values() for year in _YEAR.findall(names[place])]
    years = _place(names, publisher.years)
    return _Heading(places, known, years, max(named, default=None))


def _place(names: Sequence[str], pattern: str) -> int | None:
    return next((i for i, name in enumerate(names) if re.fullmatch(pattern, name)), None)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())


def _cell(line: Sequence[str], place: int | None) -> str:
    text = line[place].strip() if place is not None and place < len(line) else ""
    return "" if text.casefold() in _NOTHING else text


def _cells(line: Sequence[str], heading: _Heading) -> dict[str, str]:
    return {field: _cell(line, place) for field, place in heading.fields.items()}


def _year(line: Sequence[str], heading: _Heading) -> int | None:
    years = _YEAR.findall(_cell(line, heading.years))
    return int(years[-1]) if years else None


def _country(line: Sequence[str], heading: _Heading) -> str | None:
    texts = (line[place].strip() for place in heading.countries if place < len(line))
    return next((code for text in texts if text and (code := country_code(text))), None)


def _named(line: Sequence[str], heading: _Heading) -> str:
    return quoted(_cell(line, heading.countries[-1])) if any(_cells(line, heading).values()) else ""
