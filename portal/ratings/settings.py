"""Every constant of the rating model, as one versioned record per buyer.

The defaults are "model-1". All scores are 0-100, higher is worse; weights are relative numbers;
shares are 0-1. A buyer who changes a figure gets a new version, which every rating names.
"""

from bisect import bisect_right
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from portal.ratings.record import Record
from portal.suppliers.categories import Level
from portal.suppliers.sentences import Sentence, sentence

MODEL = "model-1"

Score = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Cuts = tuple[Score, Score, Score]
Step = tuple[int, Score]


class Band(StrEnum):
    """Word for a score, lowest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Indicator(StrEnum):
    """Part of the country index."""

    WORKERS_RIGHTS = "workers_rights"
    FREEDOM = "freedom"
    LAW = "law"
    CORRUPTION = "corruption"
    ABUSE = "child_and_forced_labour"


class Value(StrEnum):
    """How much an answer is worth, see `ModelSettings.credits`.

    `NOT_RELEVANT` is the supplier's word and earns nothing; once the buyer accepts it
    (`ACCEPTED_NOT_RELEVANT`) the question leaves the set.
    """

    # As text: the way over the member's name costs much where values are looked up by the million.
    __hash__ = str.__hash__

    VERIFIED = "verified"
    EVIDENCED = "evidenced"
    DECLARED = "declared"
    PARTIAL = "partial"
    NO = "no"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"
    NOT_RELEVANT = "not_relevant"
    ACCEPTED_NOT_RELEVANT = "accepted_not_relevant"


_BEST_TO_WORST = (Value.VERIFIED, Value.EVIDENCED, Value.DECLARED, Value.PARTIAL)


class BrokenPromise(ValueError):
    """Settings would make hiding, silence or delay pay; `sentence` says how."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.sentence = said


class CategoryOverride(Record):
    """A buyer's own index for a category, 0-100, with the reason it is shown with."""

    index: Score
    reason: Annotated[str, Field(min_length=1)]


class ModelSettings(Record):
    """All constants of the model; `version` counts the buyer's changes, 1 is as shipped."""

    # As shipped and as read back a figure is the same float: an explanation shows it.
    model_config = ConfigDict(validate_default=True)

    model: str = MODEL
    version: int = 1

    # 4.1 country index
    indicator_weights: Mapping[Indicator, float] = {
        Indicator.WORKERS_RIGHTS: 30,
        Indicator.FREEDOM: 20,
        Indicator.LAW: 25,
        Indicator.CORRUPTION: 15,
        Indicator.ABUSE: 10,
    }
    ituc_risk: Mapping[str, Score] = {"1": 10, "2": 30, "3": 50, "4": 70, "5": 90, "5+": 100}
    # Risk by how many of ILO conventions 87 and 98 are ratified: none, one, both.
    ilo_risk: tuple[Score, Score, Score] = (80, 60, 35)
    # (at least so many listed goods, risk), highest first.
    forced_labour_steps: tuple[Step, ...] = ((10, 100), (5, 80), (1, 60))
    child_labour_steps: tuple[Step, ...] = ((10, 70), (5, 50), (1, 30))
    minimum_coverage: Share = 0.4
    default_country_index: Score = 60
    cahra_whole_floor: Score = 65
    cahra_part_floor: Score = 45
    country_bands: Cuts = (25, 45, 65)

    # 4.2 category index
    level_scores: Mapping[Level, Score] = {
        Level.LOW: 15,
        Level.MEDIUM: 45,
        Level.HIGH: 70,
        Level.VERY_HIGH: 90,
    }
    unknown_category_index: Score = 45
    category_overrides: Mapping[str, CategoryOverride] = {}

    # 4.3 inherent risk
    dominance: Share = 0.75
    origin_unknown_floor: Score = 60
    origin_untold_floor: Score = 90
    forced_labour_uplift: Score = 15
    child_labour_uplift: Score = 10
    conflict_uplift: Score = 10

    # 4.4 control effectiveness
    severities: Mapping[str, Annotated[int, Field(ge=1, le=5)]] = {
        "child_labour": 5,
        "forced_labour": 5,
        "conflict_minerals": 5,
        "donor_rights": 5,
        "osh": 4,
        "union_rights": 4,
        "migrant_labour": 4,
        "supply_chain": 4,
    }
    default_severity: Annotated[int, Field(ge=1, le=5)] = 3
    material_factor: Annotated[float, Field(ge=1)] = 2
    # Topic of each issue of the category table; land and indigenous rights have no questions.
    topic_of_issue: Mapping[str, str] = {
        **{
            topic: topic
            for topic in (
                "child_labour",
                "discrimination",
                "environment",
                "forced_labour",
                "migrant_labour",
                "osh",
                "union_rights",
                "wages",
                "working_hours",
            )
        },
        "armed_groups": "conflict_minerals",
        "cobalt": "conflict_minerals",
        "conflict_minerals_3tg": "conflict_minerals",
        "health_of_donors": "donor_rights",
        "housing": "migrant_labour",
        "informed_consent": "donor_rights",
        "traceability": "supply_chain",
    }
    credits: Mapping[Value, Share] = {
        Value.VERIFIED: 1.0,
        Value.EVIDENCED: 0.85,
        Value.DECLARED: 0.6,
        Value.PARTIAL: 0.3,
    }
    months_of_full_credit: Annotated[float, Field(ge=0)] = 12
    months_until_no_credit: Annotated[float, Field(gt=0)] = 24
    cap_per_severity: Share = 0.1
    # Share of the set, by weight, that documents or checks must carry to be called evidenced.
    evidenced_share: Share = 0.5

    # 4.5 residual risk
    ceiling: Annotated[float, Field(ge=0.4, le=0.6)] = 0.5
    overdue_addition: Score = 10
    overdue_floor: Score = 25
    declined_addition: Score = 15
    declined_floor: Score = 40
    red_flag_floors: Mapping[str, Score] = {
        "severe_abuse_unremedied": 90,
        "sanction_or_conviction": 90,
        "no_minimum_wage_proof": 75,
        "severe_abuse_in_remedy": 60,
        "refuses_code_or_audit": 60,
        "cahra_minerals_without_3tg": 60,
        "false_evidence": 60,
        "serious_breach_declared": 60,
    }
    bands: Cuts = (25, 50, 75)

    @model_validator(mode="after")
    def _keeps_its_promises(self) -> Self:
        """Refuse settings that would make hiding, silence or delay pay."""
        earned = [self.credits.get(value, 0.0) for value in _BEST_TO_WORST]
        promises = (
            (
                sentence("A worse answer may not earn more credit."),
                earned == sorted(earned, reverse=True),
            ),
            (
                sentence("Only answers that show something may earn credit."),
                self.credits.keys() <= set(_BEST_TO_WORST),
            ),
            (
                sentence("Credit must last longer than full credit."),
                self.months_until_no_credit > self.months_of_full_credit,
            ),
            (
                sentence("Silence may not be shown as low."),
                self.overdue_floor >= self.bands[0],
            ),
            (
                sentence("Declining may not be better than silence."),
                self.declined_addition >= self.overdue_addition
                and self.declined_floor >= self.overdue_floor,
            ),
            (
                sentence("Hiding the origin may not be better than not having been asked."),
                self.origin_untold_floor >= self.origin_unknown_floor,
            ),
            (
                sentence("The cuts of bands must rise."),
                list(self.bands) == sorted(self.bands)
                and list(self.country_bands) == sorted(self.country_bands),
            ),
        )
        for said, is_kept in promises:
            if not is_kept:
                raise BrokenPromise(said)
        return self

    def severity(self, topic: str) -> int:
        """Return the severity of `topic`, 1-5 (scale of the harm and how hard it is to undo)."""
        return self.severities.get(topic, self.default_severity)


_BANDS = tuple(Band)


def band_of(score: float, cuts: Cuts) -> Band:
    """Return the band of `score`; each cut is where the next band begins."""
    return _BANDS[bisect_right(cuts, score)]
