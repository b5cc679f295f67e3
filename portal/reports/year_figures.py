"""The figures of one year of asking, each with what it is counted of; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, median

BANDS = ("very_high", "high", "medium", "low")
SEVERITIES = ("critical", "high", "medium", "low", "info")
# Of fewer a share says more than there is to know; then only the number is told.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Share:
    """A number and what it is counted of."""

    number: int
    of: int

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None for a group under five."""
        if self.of < SMALLEST_GROUP:
            return None
        return int(100 * self.number / self.of + 0.5)


@dataclass(frozen=True)
class SupplierYear:
    """A supplier that was asked: whether it answered, how it stood at the end, what was found."""

    supplier_id: int
    answered: bool
    # Empty and None where it was not rated by then.
    band: str = ""
    residual: float | None = None
    # Severity -> how many findings.
    findings: Mapping[str, int] | None = None
    closed: int = 0


@dataclass(frozen=True)
class YearFigures:
    """The figures over some suppliers; residual risk is 0-100, higher is worse."""

    suppliers: int
    response: Share
    rated: int
    bands: Mapping[str, Share]
    mean: float | None
    median: float | None
    findings: Mapping[str, Share]
    closed: Share


def figures(lines: Iterable[SupplierYear]) -> YearFigures:
    """Return the figures: response of those asked, bands of those rated, closed of what was found."""
    asked = list(lines)
    residuals = [one.residual for one in asked if one.residual is not None]
    bands = Counter(one.band for one in asked if one.residual is not None)
    found: Counter[str] = Counter()
    for one in asked:
        found.update(one.findings or {})
    total = found.total()
    return YearFigures(
        suppliers=len(asked),
        response=Share(sum(one.answered for one in asked), len(asked)),
        rated=len(residuals),
        bands={band: Share(bands[band], len(residuals)) for band in BANDS},
        mean=fmean(residuals) if residuals else None,
        median=median(residuals) if residuals else None,
        findings={severity: Share(found[severity], total) for severity in SEVERITIES},
        closed=Share(sum(one.closed for one in asked), total),
    )


def present_both(
    first: Collection[SupplierYear], second: Collection[SupplierYear]
) -> tuple[list[SupplierYear], list[SupplierYear]]:
    """Return of each year only the suppliers that were asked in both."""
    both = {one.supplier_id for one in first} & {one.supplier_id for one in second}
    return (
        [one for one in first if one.supplier_id in both],
        [one for one in second if one.supplier_id in both],
    )
