"""What is frozen with an invitation: the bands of risk that decide which questions are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy.orm import Session

from portal.questionnaires.answers import Context
from portal.questionnaires.conditions import holds, leaves
from portal.ratings import reference_kept
from portal.ratings.case import Case
from portal.ratings.category import find_category
from portal.ratings.country import country_index
from portal.ratings.declared import scoring
from portal.ratings.explanation import figure
from portal.ratings.inherent import inherent_risk
from portal.ratings.reference import ReferenceData, shipped
from portal.ratings.settings import Band, ModelSettings, band_of
from portal.ratings.settings_kept import settings_of
from portal.store import JsonObject
from portal.suppliers.models import Supplier


def launch_contexts(
    suppliers: Sequence[Supplier],
    reference: ReferenceData | None = None,
    settings: ModelSettings | None = None,
) -> dict[int, JsonObject]:
    """Return, per supplier id, the context that conditions read: bands of inherent and country risk.

    It rests on the buyer's facts alone. `country_bands` holds the countries above low, for answers
    that name countries. `short_form` follows the size in the register, where it is known, until the
    profile is answered.
    """
    reference, settings = reference or shipped(), settings or ModelSettings()
    bands = {code: country_index(code, reference, settings).band for code in reference.countries}
    risky = {code: band.value for code, band in bands.items() if band is not Band.LOW}
    return {
        each.id: {**_of(each, reference, settings), "country_bands": risky} for each in suppliers
    }


def contexts_in_force(
    session: Session,
) -> Callable[[Sequence[Supplier]], dict[int, JsonObject]]:
    """Return `launch_contexts` with the figures and the buyer's settings that are in force."""
    return partial(
        launch_contexts,
        reference=reference_kept.reference(session),
        settings=settings_of(session),
    )


def _of(supplier: Supplier, reference: ReferenceData, settings: ModelSettings) -> JsonObject:
    case = Case(
        country=supplier.country,
        production_countries=tuple(supplier.production_countries),
        category=supplier.category,
    )
    inherent = inherent_risk(case, find_category(case.category), reference, settings)
    bands = {
        "supplier.inherent_risk": band_of(figure(inherent.score), settings.bands).value,
        "supplier.country_risk": inherent.countries[0].band.value,
    }
    return {"short_form": _is_short(supplier, bands), **bands}


def _is_short(supplier: Supplier, bands: Mapping[str, str]) -> bool:
    """Return whether the form is short if the profile says what the register does."""
    condition = scoring().short_form
    named = [leaf.q for leaf in leaves(condition) if leaf.q]
    said = dict.fromkeys(named, supplier.size.value) if supplier.size else {}
    return bool(said) and holds(condition, said, Context(values=bands))
