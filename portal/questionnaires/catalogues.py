"""The catalogues that all questionnaires share: norms, areas, and how answers count."""

from typing import Annotated, Literal

from pydantic import Field

from portal.questionnaires.answer_sets import asked_id
from portal.questionnaires.answers import Band
from portal.questionnaires.conditions import Condition
from portal.questionnaires.schema import Id, Severity, Text
from portal.questionnaires.strict import Strict


class Norm(Strict):
    """A law or standard that questions point at. `short` is what stands beside a question."""

    id: Id
    short: Text
    title: Text
    status: Literal["in_force", "applies_from", "voluntary", "contract"]
    url: Annotated[str, Field(pattern=r"^https://")]


class Norms(Strict):
    """The catalogue of norms."""

    format: Literal["portal-norms/1"]
    norms: tuple[Norm, ...]


class Area(Strict):
    """A risk area, in the order of the screen; `salient` areas stand first in follow-up."""

    id: Id
    label: Text
    weight: Annotated[float, Field(gt=0)]
    salient: bool


class SeverityLevel(Strict):
    """What a severity leads to: days until the action is due, and who is told."""

    id: Severity
    rank: Annotated[int, Field(ge=0)]
    due_days: Annotated[int, Field(gt=0)] | None
    notify: tuple[Id, ...]


class BandFrom(Strict):
    """A band begins at this score (0-100)."""

    id: Band
    from_: Annotated[int, Field(ge=0, le=100)] = Field(alias="from")
    label: Text


class AssuranceLevel(Strict):
    """How much a declaration is worth; shown beside the rating, never mixed into it."""

    id: Annotated[int, Field(ge=0)]
    label: Text


class Assignment(Strict):
    """Questions that count under another topic, or raise another red flag, than the usual one."""

    to: Id
    questions: tuple[Id, ...] = Field(min_length=1)


class AreaTopic(Strict):
    """The topic of the rating model that an area belongs to."""

    area: Id
    topic: Id


class SeverityFlag(Strict):
    """The red flag of the rating model that a red-flag rule of this severity raises."""

    severity: Severity
    flag: Id


class FlagFloor(Strict):
    """A red flag beside those of the rating model: its floor (0-100) and what it means."""

    flag: Id
    floor: Annotated[int, Field(ge=0, le=100)]
    note: Text


class AnswerValues(Strict):
    """How the points of an answer, seen against the question's worst rule, become a credit."""

    no_points_or_credit: Id
    between: Id
    worst: Id
    unknown_option: Id


class Origin(Strict):
    """The matrix that tells where goods are made: its columns of countries and of what is done there.

    Rows with one of `not_made` as their activity are no origin.
    """

    question: Id
    country: Id
    activity: Id
    not_made: tuple[Id, ...]


class RiskModel(Strict):
    """The bridge from a questionnaire's points to the rating model.

    A question's weight is its worst points divided by `points_of_weight_one`; questions without
    points and scoping questions weigh nothing.
    """

    answer_value: AnswerValues
    points_of_weight_one: Annotated[float, Field(gt=0)]
    origin: Origin
    scoping_questions: tuple[Id, ...]
    topic_of_area: tuple[AreaTopic, ...]
    topic_override: tuple[Assignment, ...]
    red_flag_of_severity: tuple[SeverityFlag, ...]
    red_flag_to_add: tuple[FlagFloor, ...]
    red_flag_override: tuple[Assignment, ...]

    def topic(self, area: str) -> str | None:
        """Return the topic of an area, or None."""
        return next((each.topic for each in self.topic_of_area if each.area == area), None)

    def is_scoping(self, question_id: str) -> bool:
        """Return whether the question only opens or closes follow-ups."""
        return asked_id(question_id) in self.scoping_questions

    def overridden_topic(self, question_id: str) -> str | None:
        """Return the topic a question counts under whatever its area, or None."""
        return _assigned(self.topic_override, asked_id(question_id))

    def overridden_flag(self, question_id: str) -> str | None:
        """Return the red flag a question raises whatever its severity, or None."""
        return _assigned(self.red_flag_override, asked_id(question_id))

    def flag_of(self, severity: str) -> str | None:
        """Return the red flag that a red-flag rule of this severity raises, or None."""
        flags = self.red_flag_of_severity
        return next((each.flag for each in flags if each.severity == severity), None)


class Scoring(Strict):
    """How answers become points, findings and a rating. `short_form` says who gets that form."""

    format: Literal["portal-scoring/1"]
    short_form: Condition
    areas: tuple[Area, ...]
    severities: tuple[SeverityLevel, ...]
    bands: tuple[BandFrom, ...]
    assurance_levels: tuple[AssuranceLevel, ...]
    to_risk_model: RiskModel

    def questions(self) -> frozenset[str]:
        """Return the ids of all questions that are named here."""
        bridge = self.to_risk_model
        assigned = (*bridge.topic_override, *bridge.red_flag_override)
        named = {bridge.origin.question, *bridge.scoping_questions}
        return frozenset(named.union(*(each.questions for each in assigned)))


def _assigned(assignments: tuple[Assignment, ...], question_id: str) -> str | None:
    return next((each.to for each in assignments if question_id in each.questions), None)
