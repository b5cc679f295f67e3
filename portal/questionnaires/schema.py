"""The models of a questionnaire: sections, questions, options, matrices, risk rules, signature."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from portal.questionnaires.conditions import Condition
from portal.questionnaires.rows import RowTest
from portal.questionnaires.strict import Strict

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]

QuestionType = Literal[
    "yes_no",
    "yes_no_na",
    "single",
    "multi",
    "number",
    "percent",
    "date",
    "text",
    "file",
    "country_list",
    "matrix",
]
ColumnType = Literal["single", "text", "number", "percent", "date", "file", "country"]
Tier = Literal["core", "standard", "extended"]
Severity = Literal["info", "low", "medium", "high", "critical"]
EvidenceMode = Literal["none", "optional", "requested", "required"]
Level = Literal["done", "send_modules", "talk_first"]
Role = Literal["owner", "managing_director", "authorised_signatory", "quality_responsible"]

YES_NO: dict[QuestionType, tuple[str, ...]] = {
    "yes_no": ("yes", "no"),
    "yes_no_na": ("yes", "no", "na"),
}


class Option(Strict):
    """One answer to choose. `code` is what an exchange format calls it."""

    id: Id
    label: Text
    exclusive: bool = False
    code: str | None = None


class Row(Strict):
    """A fixed row of a matrix."""

    id: Id
    label: Text


class Column(Strict):
    """A typed column of a matrix; `required` counts in every row that is filled in.

    `required_if` is a test on the row: where it matches, the cell is required.
    """

    id: Id
    type: ColumnType
    label: Text
    help: str = ""
    required: bool = False
    required_if: RowTest | None = None
    options: tuple[Option, ...] = ()
    min: float | None = None
    max: float | None = None


class Rule(Strict):
    """What an answer means: points per area (a credit when negative) and perhaps a finding."""

    when: Condition
    points: Annotated[float, Field(ge=-10, le=10)]
    area: tuple[Id, ...] = ()
    severity: Severity | None = None
    red_flag: bool = False
    finding: str = ""
    action: str = ""
    trigger: tuple[Id, ...] = ()


class Evidence(Strict):
    """Which document is welcome or wanted with an answer."""

    mode: EvidenceMode
    kinds: tuple[Id, ...] = ()
    text: str = ""
    expiry: bool = False


class Question(Strict):
    """One question. Which keys fit which type is checked by the loader.

    Of a matrix with rows of its own that is required, every row must be filled in, or with
    `min_rows` so many of them. Rows that are a `certificate` can expire. With `reuse`, a signed answer
    that is still valid is proposed in the supplier's next form: for facts, never for what is accepted,
    promised or has happened in a period.
    """

    id: Id
    type: QuestionType
    tier: Tier
    required: bool
    reuse: bool = False
    text: Text
    help: str = ""
    allow_unknown: bool = False
    pii: bool = False
    visible_if: Condition | None = None
    comment_required_if: Condition | None = None
    options: tuple[Option, ...] = ()
    rows: Literal["dynamic"] | tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()
    min_rows: int | None = None
    max_rows: int | None = None
    row_entity: Literal["certificate"] | None = None
    unit: str = ""
    min: float | None = None
    max: float | None = None
    format: Literal["email", "url"] | None = None
    not_future: bool = False
    shows: Literal["buyer_code_of_conduct"] | None = None
    areas: tuple[Id, ...] = ()
    norm: tuple[Id, ...] = Field(min_length=1)
    vs: Annotated[str, StringConstraints(pattern=r"^[BC]\d+$")] | None = None
    evidence: Evidence | None = None
    risk: tuple[Rule, ...] = ()

    @property
    def dynamic(self) -> bool:
        """Whether the supplier adds the rows of this matrix."""
        return self.rows == "dynamic"

    @property
    def fixed_rows(self) -> tuple[Row, ...]:
        """The rows of a matrix that has its own; none for any other question."""
        return self.rows if isinstance(self.rows, tuple) else ()

    @property
    def takes_file(self) -> bool:
        """Whether a file may be given with the answer, or is the answer."""
        return self.type == "file" or (self.evidence is not None and self.evidence.mode != "none")

    @property
    def file_cells(self) -> tuple[str, ...]:
        """The cells of a table that hold a file, as `row.column`."""
        columns = [column.id for column in self.columns if column.type == "file"]
        return tuple(f"{row.id}.{column}" for row in self.fixed_rows for column in columns)

    def choices(self) -> tuple[str, ...]:
        """Return the ids that may be chosen, `unknown` last where it is allowed."""
        own = YES_NO.get(self.type) or tuple(option.id for option in self.options)
        return (*own, "unknown") if self.allow_unknown else own

    def option(self, option_id: str) -> Option | None:
        """Return the option with this id, or None (yes, no, na and unknown have none)."""
        return next((option for option in self.options if option.id == option_id), None)

    def column(self, column_id: str) -> Column | None:
        """Return the column with this id, or None."""
        return next((column for column in self.columns if column.id == column_id), None)


class Section(Strict):
    """Questions that stand on one page."""

    id: Id
    title: Text
    intro: str = ""
    visible_if: Condition | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class CoSignature(Strict):
    """A second person who signs, and for what."""

    role: Role
    required: bool
    statement: Text


class Signature(Strict):
    """Whether the answers are signed, by whom, and what the signatory states.

    `statement` is the same in every questionnaire that can use it, so that it is read once where
    several are signed together; `also` is what this one adds.
    """

    required: bool
    roles: tuple[Role, ...] = ()
    statement: str = ""
    also: str = ""
    confirmation: str = ""
    co_signature: CoSignature | None = None


class Routing(Strict):
    """What a pre-screening leads to; the three conditions are stated in words."""

    result_levels: tuple[Level, ...]
    done_if: Text
    talk_first_if: Text
    otherwise: Level


class Questionnaire(Strict):
    """A published version never changes: answers point at `id` and `version`.

    `uses` declares the questions of other questionnaires that conditions here speak of.
    """

    format: Literal["portal-questionnaire/1"] = Field(alias="schema")
    id: Id
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+(-[a-z0-9.]+)?$")]
    order: int = 100
    title: Text
    intro: Text
    audience: Literal["supplier", "agreement_owner"]
    scope: Literal["supplier", "agreement", "material"] = "supplier"
    estimated_minutes: Annotated[int, Field(gt=0)]
    validity_months: Annotated[int, Field(gt=0)]
    recommended_cadence: str = ""
    privacy_notice: str = ""
    attachments: tuple[Id, ...] = ()
    uses: tuple[Id, ...] = ()
    routing: Routing | None = None
    signature: Signature
    sections: tuple[Section, ...] = Field(min_length=1)

    def questions(self) -> Iterator[Question]:
        """Yield the questions in the order they are asked."""
        for section in self.sections:
            yield from section.questions

    def section(self, section_id: str) -> Section | None:
        """Return the section with this id, or None."""
        return next((section for section in self.sections if section.id == section_id), None)

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((each for each in self.questions() if each.id == question_id), None)
