"""The model against a second one written from its description, and planted errors against the claims."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.errors import FlakyFailure

from portal.ratings import credit, inherent, model
from portal.ratings.case import Case, Credit, Criticality, RedFlag, State
from portal.ratings.credit import Effectiveness
from portal.ratings.model import rate
from portal.ratings.reference import ReferenceData, shipped
from portal.ratings.settings import Value
from portal.suppliers.categories import Stage, load_categories
from tests.unit.ratings import suppliers
from tests.unit.ratings import test_claims as claims
from tests.unit.ratings.examples import REFERENCE, SETTINGS, TODAY, TOPICS
from tests.unit.ratings.independent import figures

SUPPLIERS = 1_500


def random_case(chance: random.Random, data: ReferenceData) -> Case:
    """Return some supplier that could be."""
    countries = sorted(data.countries)
    return Case(
        country=chance.choice(countries),
        production_countries=tuple(chance.sample(countries, chance.choice((0, 0, 1, 2)))),
        origin_asked=chance.random() < 0.5,
        category=chance.choice([None, *load_categories()]),
        stage=chance.choice([None, *Stage]),
        criticality=chance.choice([None, *Criticality]),
        state=chance.choice([*State, State.DECLARED, State.DECLARED]),
        credits=tuple(random_credit(chance, n) for n in range(chance.randrange(20))),
        red_flags=tuple(
            RedFlag(code=code, source="person")
            for code in chance.sample(sorted(SETTINGS.red_flag_floors), chance.choice((0, 0, 1)))
        ),
    )


def random_credit(chance: random.Random, number: int) -> Credit:
    """Return some answer's worth."""
    return Credit(
        question=f"q{number}",
        topic=chance.choice([*TOPICS, "conflict_minerals", "donor_rights"]),
        weight=chance.choice((0, 0.2, 0.6, 1, 1.6)),
        value=chance.choice(list(Value)),
        answered_on=chance.choice([None, TODAY - timedelta(days=chance.randrange(900))]),
        evidence_until=chance.choice([None, TODAY + timedelta(days=chance.randrange(-400, 400))]),
    )


@pytest.mark.parametrize("data", [shipped(), REFERENCE], ids=["shipped", "loaded"])
def test_every_figure_agrees_with_the_second_model(data: ReferenceData) -> None:
    chance = random.Random(1)
    for _ in range(SUPPLIERS):
        case = random_case(chance, data)
        found, expected = rate(case, data, SETTINGS, TODAY), figures(case, data, TODAY)
        told = (found.country_index, found.category_index, found.uplift, found.inherent)
        assert told == pytest.approx(expected[:4], abs=0.01), case
        assert found.effectiveness == pytest.approx(expected.e, abs=0.0001), case
        assert found.residual == pytest.approx(expected.r, abs=0.01), case


def only_good_answers(answers: tuple[Credit, ...], *rest: Any) -> Effectiveness:
    """Err: let answers decide the denominator."""
    shown = [
        one for one in answers if one.value in {Value.VERIFIED, Value.EVIDENCED, Value.DECLARED}
    ]
    return credit.effectiveness(shown, *rest)


def mean_country(case: Case, reference: ReferenceData, settings: Any) -> Any:
    """Err: take the mean instead of the worst country."""
    found = _COUNTRIES(case, reference, settings)
    mean = sum(one.index for one in found) / len(found)
    return (replace(found[0], index=mean), *found[1:])


def older_is_better(answered_on: date | None, today: date, _settings: Any) -> float:
    """Err: let answers gain from age."""
    return 0.0 if answered_on is None else min(1.0, (today - answered_on).days / 730)


_COUNTRIES = inherent._countries


@pytest.mark.parametrize(
    ("module", "name", "error", "claim"),
    [
        (
            model,
            "effectiveness",
            only_good_answers,
            claims.test_a_dropped_answer_never_lowers,
        ),
        (
            inherent,
            "_countries",
            mean_country,
            claims.test_one_more_production_country_never_lowers,
        ),
        (credit, "freshness", older_is_better, claims.test_age_never_lowers),
    ],
    ids=["a denominator from answers", "the mean country", "gains from age"],
)
def test_a_planted_error_is_caught(
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    error: Callable[..., Any],
    claim: Callable[[], None],
) -> None:
    monkeypatch.setattr(module, name, error)
    # It is looked for until it is found; no simpler example is.
    quick = settings(suppliers.claim, max_examples=600, phases=(Phase.generate,), print_blob=False)
    monkeypatch.setattr(claim, "_hypothesis_internal_use_settings", quick)
    with pytest.raises((AssertionError, FlakyFailure, ExceptionGroup)):
        claim()
