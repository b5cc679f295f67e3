"""Publishers' own files become figures; what is wrong in them is a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import openpyxl
import pytest

from portal.ratings.country import country_index
from portal.ratings.publication_figures import read_publication
from portal.ratings.publishers import Kind
from portal.ratings.reference import shipped
from portal.ratings.settings import ModelSettings
from portal.suppliers.sentences import Refused

Cells = Sequence[Sequence[object]]


def workbook(**sheets: Cells) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_freedom_house_by_its_newest_edition_on_its_second_sheet() -> None:
    content = workbook(
        Index=[["All data, notes"], ["C/T? is country or territory"]],
        FIW=[
            ["Freedom in the World"],
            ["Country/Territory", "Region", "C/T", "Edition", "Status", "E3", "Total"],
            ["Norway", "Europe", "c", 2025, "F", 4, 99],
            ["Norway", "Europe", "c", 2024, "F", 3, 98],
            ["Atlantis", "Sea", "t", 2025, "NF", 0, 1],
        ],
    )
    loaded = read_publication(Kind.FREEDOM_HOUSE, content)
    assert loaded.figures.countries == {"NO": {"freedom": 99.0, "trade_unions": 4.0}}
    assert (loaded.source.edition, loaded.source.year) == ("2025", 2024)
    assert loaded.left_out == ("Atlantis",)


def test_corruption_index_with_its_year_in_a_heading() -> None:
    content = workbook(
        CPI=[[], ["Country / Territory", "ISO3", "CPI score 2025"], ["Norway", "NOR", 81]]
    )
    loaded = read_publication(Kind.CPI, content)
    assert (loaded.figures.countries["NO"], loaded.source.year) == ({"corruption": 81.0}, 2025)


def test_governance_indicators_one_row_each() -> None:
    content = workbook(
        data=[
            ["codeindyr", "code", "countryname", "year", "indicator", "estimate", "pctrank"],
            ["NORrl2023", "NOR", "Norway", 2023, "rl", 1.8, 98.11],
            ["NORva2023", "NOR", "Norway", 2023, "va", 1.7, 100],
            ["NORge2023", "NOR", "Norway", 2023, "ge", 1.7, 97],
            ["NORrl2022", "NOR", "Norway", 2022, "rl", 1.7, 95],
            ["AIArl2023", "AIA", "Anguilla", 2023, "rl", "..", ".."],
        ]
    )
    loaded = read_publication(Kind.WGI, content)
    assert loaded.figures.countries == {"NO": {"law": 98.11, "voice": 100.0}}


def test_rights_index_as_a_list() -> None:
    loaded = read_publication(Kind.ITUC, b"Country;Rating;Year\nNorway;1;2026\nMyanmar;5+;2026\n")
    assert {code: row["ituc"] for code, row in loaded.figures.countries.items()} == {
        "NO": "1",
        "MM": "5+",
    }


def test_labour_rights_are_read_but_not_weighed() -> None:
    heading = "4.8 Fundamental labor rights are effectively guaranteed"
    content = workbook(
        scores=[
            ["Country", "Year", "Country Code", "WJP Rule of Law Index: Overall Score", heading],
            ["Norway", "2012-2013", "NOR", 0.88, 0.9],
            ["Norway", "2024", "NOR", 0.89, 0.91],
        ]
    )
    loaded = read_publication(Kind.WJP, content)
    data = shipped().with_figures(loaded.source, loaded.figures)
    assert data.indicators("NO").wjp_labour == 0.91
    assert country_index("NO", data, ModelSettings()) == country_index(
        "NO", shipped(), ModelSettings()
    )


def test_listed_goods_count_by_country_and_replace_what_was_listed() -> None:
    content = (
        b"Country/Area,Good,Child Labor,Forced Labor,Forced Child Labor\n"
        b"Norway,Fish,Yes,No,No\nNorway,Bricks,No,Yes,No\n"
    )
    loaded = read_publication(Kind.DOL, content, year=2024)
    data = shipped().with_figures(loaded.source, loaded.figures)
    assert (
        data.indicators("NO").child_labour_goods,
        data.indicators("NO").forced_labour_goods,
    ) == (
        1,
        1,
    )
    assert data.indicators("CN").forced_labour_goods == 0
    assert [good.country for good in data.listed(["Fish"])] == ["NO"]


def test_conflict_areas_by_region_and_as_a_whole() -> None:
    content = (
        b"country_code,country,whole_country,region_codes\n"
        b"NO,Norway,no,NO-03 NO-11\nSE,Sweden,yes,\n"
    )
    loaded = read_publication(Kind.CAHRA, content, year=2027)
    data = shipped().with_figures(loaded.source, loaded.figures)
    assert (data.indicators("NO").cahra, data.indicators("NO").cahra_regions) == (
        "partial",
        ("NO-03", "NO-11"),
    )
    assert data.indicators("SE").cahra == "whole"
    assert data.indicators("AF").cahra is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Land;Punkte\nNorwegen;1\n", "has no table of"),
        (b"Country;CPI score\nNorway;81\n", "does not tell its year"),
        (b"Country;CPI score 2025\nNorway;good\n", "Row 2, corruption: “good” is not a number"),
        (b"Country;CPI score 2025\nNorway;181\n", "country NO"),
        (
            b"Country;CPI score 2025\nNorway;81\nNOR;80\n",
            "Row 3: the country NO stands there twice",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_publication(Kind.CPI, content)
