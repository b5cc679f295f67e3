"""Figures of the operator's own, added to reference data."""

from collections.abc import Mapping

from portal.ratings.reference import Figures, ReferenceData, Source


def with_indicators(
    data: ReferenceData, source: Source, values: Mapping[str, Mapping[str, str | float]]
) -> ReferenceData:
    """Return `data` with these figures of these countries changed, and nothing else."""
    kept = {code: data.indicators(code).to_data() for code in data.countries}
    fields = tuple({field for row in values.values() for field in row})
    countries = {
        code: {field: row[field] for field in fields if field in row} for code, row in kept.items()
    }
    for code, row in values.items():
        countries[code] = {**countries.get(code, {}), **row}
    return data.with_figures(source, Figures(fields=fields, countries=countries))
