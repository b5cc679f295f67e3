"""The publishers whose own files an operator may load, and what their columns are called.

Columns are those of the files as published: Freedom in the World "All data" (.xlsx), the ITUC Global
Rights Index as a list of country and rating, the CPI results (.xlsx), the WJP historical data file
(.xlsx), the World Bank's wgidataset (.xlsx), the US Department of Labor's list of goods (.csv, .xlsx),
the EU's indicative CAHRA list (.csv).
"""

from collections.abc import Mapping
from enum import StrEnum

from portal.ratings.record import Record


class Kind(StrEnum):
    """A kind of file, as the command names it."""

    FREEDOM_HOUSE = "freedom-house"
    ITUC = "ituc"
    CPI = "cpi"
    WJP = "wjp"
    WGI = "wgi"
    DOL = "dol"
    CAHRA = "cahra"


class Publisher(Record):
    """What is needed to read one publisher's file.

    `columns` maps a field to a pattern of the column's heading, in small letters and without
    punctuation; `years` is the pattern of the column that names the year, `lag` how many years before
    it the data were taken.
    """

    source: str
    title: str
    columns: Mapping[str, str]
    years: str = "year"
    lag: int = 0


COUNTRY = (
    "iso2|iso 2|alpha 2",
    "iso3|iso 3|alpha 3|country code|code",
    "country territory|country area|country|economy|name en",
)

PUBLISHERS: Mapping[Kind, Publisher] = {
    Kind.FREEDOM_HOUSE: Publisher(
        source="freedom_house",
        title="Freedom House, Freedom in the World",
        columns={"freedom": "total|freedom house score", "trade_unions": "e3|fh e3 trade unions"},
        years="edition|fh year",
        lag=1,
    ),
    Kind.ITUC: Publisher(
        source="ituc",
        title="ITUC Global Rights Index",
        columns={"ituc": r"(ituc )?(rating|score)( \d{4})?"},
        years="(ituc )?year",
    ),
    Kind.CPI: Publisher(
        source="cpi",
        title="Transparency International, Corruption Perceptions Index",
        columns={"corruption": r"cpi score( \d{4})?|cpi \d{4} score|score"},
        years="(cpi )?year",
    ),
    Kind.WJP: Publisher(
        source="wjp",
        title="World Justice Project, Rule of Law Index",
        columns={
            "wjp_law": "wjp rule of law index overall score|wjp rule of law",
            "wjp_labour": "4 8 .*|wjp labour rights 4 8",
        },
        years="(wjp )?year",
    ),
    Kind.WGI: Publisher(
        source="wgi",
        title="World Bank Worldwide Governance Indicators",
        columns={"indicator": "indicator", "pctrank": "pctrank|percentile rank"},
    ),
    Kind.DOL: Publisher(
        source="dol",
        title="US Department of Labor list of goods produced by child labor or forced labor",
        columns={
            "good": "good",
            "child_labour": "child labou?r",
            "forced_labour": "forced labou?r",
        },
    ),
    Kind.CAHRA: Publisher(
        source="cahra",
        title="EU indicative CAHRA list",
        columns={"whole": "whole country", "regions": "region codes?"},
    ),
}
