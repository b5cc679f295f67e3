import pytest

from portal.ratings.contexts import launch_contexts
from portal.suppliers.models import CompanySize, Supplier
from tests.unit.ratings.examples import REFERENCE, SETTINGS


def _context(country: str, category: str, *made_in: str) -> dict[str, object]:
    supplier = Supplier(
        id=1, country=country, category=category, production_countries=list(made_in)
    )
    return launch_contexts([supplier], REFERENCE, SETTINGS)[1]


def test_bands_of_the_supplier_and_of_every_country_above_low() -> None:
    cleaning = _context("NO", "no_cleaning")
    bands = cleaning.pop("country_bands")
    assert cleaning == {
        "short_form": False,
        "supplier.inherent_risk": "high",
        "supplier.country_risk": "low",
    }
    assert isinstance(bands, dict)
    assert (bands.get("NO"), bands["HK"], bands["CN"]) == (None, "high", "very_high")


@pytest.mark.parametrize(
    ("country", "category", "size", "short"),
    [
        ("NO", "software", CompanySize.MICRO, True),
        ("NO", "software", CompanySize.SMALL, False),
        ("NO", "software", None, False),
        ("CN", "batteries", CompanySize.MICRO, False),
    ],
)
def test_the_size_in_the_register_gives_the_short_form_where_risk_is_low(
    country: str, category: str, size: CompanySize | None, short: bool
) -> None:
    supplier = Supplier(
        id=1, country=country, category=category, production_countries=[], size=size
    )
    assert launch_contexts([supplier], REFERENCE, SETTINGS)[1]["short_form"] is short


def test_the_worst_known_country_counts() -> None:
    made_in_china = _context("TW", "finished_electronics", "TW", "CN")
    assert made_in_china["supplier.country_risk"] == "very_high"
