"""The worked examples of the model: ten suppliers, from not answered to verified."""

import pytest

from portal.ratings.case import Case, Criticality, State
from portal.ratings.model import Rating
from portal.ratings.settings import Value
from tests.unit.ratings.examples import case, declared, question_set, rated

A, B, C = Criticality.A, Criticality.B, Criticality.C

CLEANING = case("NO", "no_cleaning", C)
PCB = case("CN", "electronic_components", A, made_in=("CN",))
TAIWAN = case("TW", "finished_electronics", A, made_in=("TW",))
TAIWAN_IN_CHINA = case("TW", "finished_electronics", A, made_in=("CN",))
SOFTWARE = case("US", "software", B)
RESELLER = case("NO", "ict_equipment", A)
IVD = case("DE", "ivd_lab", A, made_in=("DE",))
FURNITURE = case("NO", "furniture", C, made_in=("PL",))
WORKWEAR = case("BD", "workwear_textiles", B, made_in=("BD",))
COFFEE = case("NO", "coffee", C, made_in=("BR",))

# country index, category index, inherent
INHERENT = [
    (CLEANING, 6.3, 70, 52.5),
    (PCB, 75.5, 80, 92.8),
    (TAIWAN, 24.4, 80, 60.0),
    (TAIWAN_IN_CHINA, 75.5, 80, 92.8),
    (SOFTWARE, 32.4, 15, 24.3),
    (RESELLER, 60, 80, 70.0),
    (IVD, 9.2, 15, 12.1),
    (FURNITURE, 34.4, 42.5, 38.4),
    (WORKWEAR, 73.0, 80, 91.5),
    (COFFEE, 58.9, 90, 89.4),
]

# open, all "yes", evidenced, verified, overdue, declined, all "no"
TABLE = [
    (CLEANING, "52.5 H P2 | 36.8 M P3 | 30.2 M P3 | 26.3 M P3 | 62.5 H P2 | 67.5 H P2 | 52.5 H P2"),
    (PCB, "92.8 V P1 | 64.9 H P1 | 53.3 H P1 | 46.4 M P2 | 100 V P1 | 100 V P1 | 92.8 V P1"),
    (TAIWAN, "60.0 H P1 | 42.0 M P2 | 34.5 M P2 | 30.0 M P2 | 70.0 H P1 | 75.0 V P1 | 60.0 H P1"),
    (
        TAIWAN_IN_CHINA,
        "92.8 V P1 | 64.9 H P1 | 53.3 H P1 | 46.4 M P2 | 100 V P1 | 100 V P1 | 92.8 V P1",
    ),
    (SOFTWARE, "24.3 L P4 | 17.0 L P4 | 14.0 L P4 | 12.2 L P4 | 34.3 M P3 | 40.0 M P3 | 24.3 L P4"),
    (RESELLER, "70.0 H P1 | 70.0 H P1 | 57.5 H P1 | 50.0 H P1 | 100 V P1 | 100 V P1 | 100 V P1"),
    (IVD, "12.1 L P3 | 8.5 L P3 | 7.0 L P3 | 6.1 L P3 | 25.0 M P2 | 40.0 M P2 | 12.1 L P3"),
    (
        FURNITURE,
        "38.4 M P3 | 26.9 M P3 | 22.1 L P4 | 19.2 L P4 | 48.4 M P3 | 53.4 H P2 | 38.4 M P3",
    ),
    (WORKWEAR, "91.5 V P1 | 64.1 H P2 | 52.6 H P2 | 45.8 M P3 | 100 V P1 | 100 V P1 | 91.5 V P1"),
    (COFFEE, "89.4 V P1 | 62.6 H P2 | 51.4 H P2 | 44.7 M P3 | 99.4 V P1 | 100 V P1 | 89.4 V P1"),
]
BANDS = {"L": "low", "M": "medium", "H": "high", "V": "very_high"}


@pytest.mark.parametrize(("supplier", "country", "category", "inherent"), INHERENT)
def test_inherent_risk(supplier: Case, country: float, category: float, inherent: float) -> None:
    rating = rated(supplier)
    # The figures are printed with one decimal.
    assert rating.country_index == pytest.approx(country, abs=0.0501)
    assert rating.category_index == category
    assert rating.inherent == pytest.approx(inherent, abs=0.0501)
    assert rating.basis == "inherent_only"


@pytest.mark.parametrize(("supplier", "expected"), TABLE)
def test_every_state_of_every_example(supplier: Case, expected: str) -> None:
    for rating, cell in zip(_states(supplier), expected.split("|"), strict=True):
        score, band, priority = cell.split()
        assert rating.residual == pytest.approx(float(score), abs=0.0501), cell
        assert (rating.band, rating.priority) == (BANDS[band], priority), cell


def _states(supplier: Case) -> list[Rating]:
    told = supplier.model_copy(update={"origin_asked": True})
    category = supplier.category or ""

    def answering(value: Value) -> Case:
        return declared(told, question_set(category, value))

    return [
        rated(one)
        for one in (
            supplier,
            answering(Value.DECLARED),
            answering(Value.EVIDENCED),
            answering(Value.VERIFIED),
            told.model_copy(update={"state": State.OVERDUE}),
            told.model_copy(update={"state": State.DECLINED}),
            answering(Value.NO),
        )
    ]
