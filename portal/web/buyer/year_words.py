"""The figures of two years in words: never a share without what it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from portal.reports.two_years import TwoYears, Year
from portal.reports.year_figures import BANDS, SEVERITIES, Share, YearFigures
from portal.web.buyer.finding_words import SEVERITIES as SEVERITY_WORDS
from portal.web.buyer.supplier_words import BANDS as BAND_WORDS
from portal.web.filters import long_date


@dataclass(frozen=True)
class Line:
    """A figure: what it is, and its cells - all in both years, then those asked in both."""

    name: str
    cells: tuple[str, str, str, str]


def table(found: TwoYears) -> list[Line]:
    """Return the figures line by line."""
    columns = (*found.all, *found.both)
    return [
        Line(name, (words(columns[0]), words(columns[1]), words(columns[2]), words(columns[3])))
        for name, words in _lines()
    ]


def year_name(year: Year) -> str:
    """Return what a year is called as a column's heading."""
    if year.last_day is not None:
        return str(gettext("Year up to %(day)s", day=long_date(year.last_day)))
    return year.campaign.title if year.campaign else ""


def share_words(share: Share) -> str:
    """Return the number and what it is of; the share too, unless the group is under five."""
    if share.percent is None:
        return str(gettext("%(number)s of %(of)s", number=share.number, of=share.of))
    return str(
        gettext(
            "%(number)s of %(of)s (%(percent)s %%)",
            number=share.number,
            of=share.of,
            percent=share.percent,
        )
    )


def _lines() -> Iterator[tuple[str, Callable[[YearFigures], str]]]:
    yield gettext("Suppliers asked"), lambda one: str(one.suppliers)
    yield gettext("Answered, of those asked"), lambda one: share_words(one.response)
    yield gettext("Mean residual risk"), lambda one: _score(one.mean, one.rated)
    yield gettext("Median residual risk"), lambda one: _score(one.median, one.rated)
    for band in BANDS:
        name = gettext("%(band)s residual risk, of those rated", band=BAND_WORDS[band])
        yield name, lambda one, band=band: share_words(one.bands[band])  # type: ignore[misc]  # bound now
    for severity in SEVERITIES:
        name = gettext("Findings: %(severity)s", severity=SEVERITY_WORDS[severity])
        yield name, lambda one, key=severity: share_words(one.findings[key])  # type: ignore[misc]  # bound now
    yield gettext("Findings closed, of all found"), lambda one: share_words(one.closed)


def _score(score: float | None, rated: int) -> str:
    if score is None:
        return str(gettext("Nobody rated"))
    return str(
        gettext("%(score)s over %(rated)s rated", score=format_decimal(score, "0.0"), rated=rated)
    )
