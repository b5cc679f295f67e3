"""What a supplier's country and category say when it is asked: the bands that decide the questions."""

from __future__ import annotations

from collections.abc import Sequence

from portal.ratings.case import Case
from portal.ratings.category import find_category
from portal.ratings.inherent import inherent_risk
from portal.ratings.reference import ReferenceData
from portal.ratings.settings import ModelSettings, band_of
from portal.store import JsonObject
from portal.suppliers.models import Supplier


def launch_contexts(
    suppliers: Sequence[Supplier], reference: ReferenceData, settings: ModelSettings
) -> dict[int, JsonObject]:
    """Return, per supplier id, the context that conditions read: inherent and country risk.

    `short_form` is False: how many people work there is known once the profile is answered.
    """
    return {each.id: _context(each, reference, settings) for each in suppliers}


def _context(supplier: Supplier, reference: ReferenceData, settings: ModelSettings) -> JsonObject:
    case = Case(
        country=supplier.country,
        production_countries=tuple(supplier.production_countries),
        category=supplier.category,
    )
    inherent = inherent_risk(case, find_category(case.category), reference, settings)
    return {
        "short_form": False,
        "supplier.inherent_risk": band_of(inherent.score, settings.bands).value,
        "supplier.country_risk": inherent.countries[0].band.value,
    }
