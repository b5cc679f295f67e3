import re

import pytest

from portal.ratings.country import country_index
from portal.ratings.reference import Source, shipped
from portal.ratings.settings import Indicator
from tests.unit.ratings.examples import REFERENCE, SETTINGS, with_loaded_indicators
from tests.unit.ratings.loading import with_indicators

WITH_ALL = {
    "NO": 6.3,
    "SE": 7.8,
    "DE": 9.2,
    "GB": 23.8,
    "TW": 24.4,
    "FR": 26.1,
    "US": 32.4,
    "PL": 34.4,
    "IL": 37.8,
    "KR": 39.9,
    "HK": 45.7,
    "IN": 64.5,
    "VN": 65.2,
    "BD": 73.0,
    "CN": 75.5,
    "CD": 79.2,
    "MM": 94.7,
}


@pytest.mark.parametrize(("code", "expected"), WITH_ALL.items())
def test_index_with_all_indicators(code: str, expected: float) -> None:
    found = country_index(code, REFERENCE, SETTINGS)
    assert found.index == pytest.approx(expected, abs=0.0501)
    assert found.coverage == 1
    assert not found.missing


def test_points_of_each_indicator_are_told() -> None:
    parts = country_index("CN", REFERENCE, SETTINGS).contributions
    assert [(part.indicator.value, part.source, round(part.points, 2)) for part in parts] == [
        ("workers_rights", "ituc", 27.0),
        ("freedom", "freedom_house", 18.2),
        ("law", "wgi", 11.8),
        ("corruption", "cpi", 8.55),
        ("child_and_forced_labour", "dol", 10.0),
    ]


@pytest.mark.parametrize(("code", "risk"), [("NO", 35), ("US", 80), ("BR", 60)])
def test_shipped_data_fall_back_to_ratifications(code: str, risk: float) -> None:
    found = country_index(code, shipped(), SETTINGS)
    workers = found.contributions[0]
    assert (workers.source, workers.risk, workers.is_fallback) == ("ilo", risk, True)
    assert found.contributions[1].source == "wgi"
    assert found.missing == (Indicator.CORRUPTION,)
    assert sum(part.points for part in found.contributions) == pytest.approx(found.index)


def test_trade_unions_stand_in_for_a_missing_rating() -> None:
    source = Source(id="freedom_house", title="Freedom in the World", edition="2025", year=2024)
    loaded = with_indicators(shipped(), source, {"XK": {"trade_unions": 3, "freedom": 60}})
    workers = country_index("XK", loaded, SETTINGS).contributions[0]
    assert (workers.source, workers.risk, workers.is_fallback) == ("freedom_house", 25, True)


def test_ratifications_no_longer_count_once_the_rights_indices_are_loaded() -> None:
    assert shipped().indicators("CK").ilo_unions == 0
    assert Indicator.WORKERS_RIGHTS not in country_index("CK", shipped(), SETTINGS).missing
    assert Indicator.WORKERS_RIGHTS in country_index("CK", REFERENCE, SETTINGS).missing


def test_a_territory_without_data_takes_its_parent_state() -> None:
    faroes = country_index("FO", REFERENCE, SETTINGS)
    assert (faroes.parent, faroes.coverage) == ("DK", 0)
    assert faroes.index == country_index("DK", REFERENCE, SETTINGS).index
    assert faroes.index == pytest.approx(5.4, abs=0.0501)


@pytest.mark.parametrize("code", ["AQ", "VA", "QQ"])
def test_without_any_data_the_default_counts(code: str) -> None:
    found = country_index(code, REFERENCE, SETTINGS)
    assert (found.index, found.is_default, found.band) == (60, True, "high")


def test_every_shipped_country_has_an_index() -> None:
    for code in shipped().countries:
        assert 0 <= country_index(code, shipped(), SETTINGS).index <= 100, code


def test_conflict_areas_have_a_floor() -> None:
    safe = {"law": 100, "voice": 100, "ilo_unions": 2, "child_labour_goods": 0}
    source = Source(id="test", title="Test", edition="1", year=2026)
    calm = with_indicators(
        shipped(), source, {code: {**safe, "forced_labour_goods": 0} for code in ("BI", "MX", "RW")}
    )
    floors = {code: country_index(code, calm, SETTINGS) for code in ("BI", "MX", "RW")}
    assert {code: found.index for code, found in floors.items()} == {"BI": 65, "MX": 45, "RW": 45}
    assert floors["BI"].floor == 65


def test_a_figure_out_of_range_is_refused_by_country() -> None:
    source = Source(id="cpi", title="Corruption index", edition="2025", year=2025)
    with pytest.raises(ValueError, match="Corruption index, country NO"):
        with_indicators(shipped(), source, {"NO": {"corruption": 101}})


def test_loading_names_source_and_version() -> None:
    assert re.fullmatch(r"2026-11-20\+[0-9a-f]{12}", REFERENCE.version)
    assert REFERENCE.version == with_loaded_indicators().version
    editions = {source.id: (source.edition, source.year) for source in REFERENCE.sources}
    assert editions["ituc"] == ("2026", 2026)
    assert editions["wgi"] == ("2024", 2023)
    assert REFERENCE.has_loaded("ituc", "wgi")
    assert not shipped().has_loaded("ituc")


def test_namibia_is_not_a_missing_value() -> None:
    assert shipped().indicators("NA").law == 64.6
