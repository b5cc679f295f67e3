from portal.ratings.case import Case, Criticality
from portal.ratings.context import questionnaire_context
from tests.unit.ratings.examples import REFERENCE, SETTINGS, TODAY, case


def _values(supplier: Case) -> dict[str, object]:
    return dict(questionnaire_context(supplier, REFERENCE, SETTINGS, TODAY).values)


def test_bands_of_the_supplier_and_of_every_country() -> None:
    cleaning = case("NO", "no_cleaning", Criticality.C)
    assert _values(cleaning) == {
        "supplier.inherent_risk": "high",
        "supplier.country_risk": "low",
    }
    bands = questionnaire_context(cleaning, REFERENCE, SETTINGS, TODAY).country_bands
    assert (bands["NO"], bands["HK"], bands["CN"]) == ("low", "high", "very_high")


def test_the_worst_known_country_counts() -> None:
    made_in_china = case("TW", "finished_electronics", Criticality.A, made_in=("TW", "CN"))
    assert _values(made_in_china)["supplier.country_risk"] == "very_high"
