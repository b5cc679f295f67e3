"""The rating model's one entry: from a case and reference data to a rating that explains itself."""

from dataclasses import dataclass
from datetime import date

from portal.ratings.case import Case, State
from portal.ratings.category import CategoryIndex, find_category, material_topics
from portal.ratings.country import CountryIndex
from portal.ratings.credit import Effectiveness, effectiveness
from portal.ratings.explanation import Line, check_sum, figure
from portal.ratings.heatmap import TopicRisk, topic_risks
from portal.ratings.inherent import inherent_risk
from portal.ratings.narrative import explain
from portal.ratings.priority import Priority, priority_of
from portal.ratings.reference import ReferenceData
from portal.ratings.residual import Basis, basis_of, residual_risk
from portal.ratings.settings import Band, ModelSettings, band_of


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating; all scores 0-100, higher is worse, to the hundredth.

    `effectiveness` is 0-1. `countries` (worst first), `category` and `topics` (gravest first) show
    what the figures rest on. The points of `explanation` add up to `residual`: anything else is
    refused when the rating is made.
    """

    model: str
    settings_version: int
    reference_version: str
    country_index: float
    category_index: float
    uplift: float
    inherent: float
    inherent_band: Band
    effectiveness: float
    residual: float
    band: Band
    basis: Basis
    priority: Priority
    red_flags: tuple[str, ...]
    countries: tuple[CountryIndex, ...]
    category: CategoryIndex
    topics: tuple[TopicRisk, ...]
    explanation: tuple[Line, ...]

    def __post_init__(self) -> None:
        check_sum(self.explanation, self.residual)


def rate(case: Case, reference: ReferenceData, settings: ModelSettings, today: date) -> Rating:
    """Return the rating of `case` on `today`.

    The same inputs give the same rating.

    Raises:
        ValueError: for an unknown red flag.
    """
    category = find_category(case.category)
    material = material_topics(category, settings)
    inherent = inherent_risk(case, category, reference, settings)
    earned = Effectiveness()
    if case.state is State.DECLARED or case.from_public:
        earned = effectiveness(case.credits, material, settings, today)
    residual = residual_risk(
        inherent.score,
        case.state,
        earned,
        case.red_flags,
        settings,
        from_public=case.from_public,
    )
    score = figure(residual.score)
    band = band_of(score, settings.bands)
    return Rating(
        model=settings.model,
        settings_version=settings.version,
        reference_version=reference.version,
        country_index=figure(inherent.country),
        category_index=figure(inherent.category.index),
        uplift=figure(inherent.uplift.points),
        inherent=figure(inherent.score),
        inherent_band=band_of(figure(inherent.score), settings.bands),
        effectiveness=round(earned.value, 4),
        residual=score,
        band=band,
        basis=basis_of(case.state, earned, settings, from_public=case.from_public),
        priority=priority_of(band, case.criticality),
        red_flags=tuple(dict.fromkeys(one.flag.code for one in residual.flags)),
        countries=inherent.countries,
        category=inherent.category,
        topics=topic_risks(inherent.score, earned, material, settings),
        explanation=explain(case, inherent, earned, residual, settings),
    )
