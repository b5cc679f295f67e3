"""What questionnaires may ask about a supplier's risk, to be frozen when a survey is sent."""

from datetime import date

from portal.questionnaires.answers import Context
from portal.ratings.case import Case
from portal.ratings.category import find_category
from portal.ratings.country import country_index
from portal.ratings.explanation import figure
from portal.ratings.inherent import inherent_risk
from portal.ratings.reference import ReferenceData
from portal.ratings.settings import ModelSettings, band_of


def questionnaire_context(
    case: Case,
    reference: ReferenceData,
    settings: ModelSettings,
    today: date,
    *,
    short_form: bool = False,
) -> Context:
    """Return the context of `case`: bands of inherent risk, of its country, of every country.

    It rests on the buyer's facts alone, so that the question set does not depend on answers.
    """
    inherent = inherent_risk(case, find_category(case.category), reference, settings)
    bands = {code: country_index(code, reference, settings).band for code in reference.countries}
    return Context(
        short_form=short_form,
        values={
            "supplier.inherent_risk": band_of(figure(inherent.score), settings.bands).value,
            "supplier.country_risk": inherent.countries[0].band.value,
        },
        country_bands={code: band.value for code, band in bands.items()},
        today=today,
    )
