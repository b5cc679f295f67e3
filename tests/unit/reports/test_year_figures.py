"""Figures of a year from plain lines."""

from __future__ import annotations

import pytest

from portal.reports.year_figures import Share, SupplierYear, figures, present_both


@pytest.mark.parametrize(
    ("number", "of", "percent"), [(41, 47, 87), (1, 8, 13), (4, 4, None), (0, 0, None), (5, 5, 100)]
)
def test_a_group_under_five_gets_no_share(number: int, of: int, percent: int | None) -> None:
    assert Share(number, of).percent == percent


def test_each_share_has_its_own_denominator() -> None:
    found = figures(
        [
            SupplierYear(1, True, "high", 60.0, {"critical": 1, "low": 2}, closed=2),
            SupplierYear(2, True, "low", 10.0, {"low": 1}),
            SupplierYear(3, False, "high", 50.0),
            SupplierYear(4, False),
        ]
    )
    assert found.response == Share(2, 4)
    assert found.bands["high"] == Share(2, 3)
    assert (found.mean, found.median) == (40.0, 50.0)
    assert found.findings["low"] == Share(3, 4)
    assert found.closed == Share(2, 4)


def test_bands_and_findings_add_up_to_their_denominators() -> None:
    lines = [SupplierYear(n, True, band, 1.0, {band: n}) for n, band in enumerate(("low", "high"))]
    found = figures(lines)
    assert sum(share.number for share in found.bands.values()) == found.rated
    assert sum(share.number for share in found.findings.values()) == found.closed.of


def test_nobody_asked_gives_no_figures() -> None:
    found = figures([])
    assert (found.suppliers, found.mean, found.median) == (0, None, None)
    assert found.response == Share(0, 0)


def test_only_those_asked_in_both_years_are_compared() -> None:
    first = [SupplierYear(1, True), SupplierYear(2, True)]
    second = [SupplierYear(2, False), SupplierYear(3, True)]
    assert present_both(first, second) == ([first[1]], [second[0]])
