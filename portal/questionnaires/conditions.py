"""Conditions: data, never code. What they say and whether they hold."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Discriminator, Field, Tag, model_validator

from portal.questionnaires.answers import EMPTY, Answers, Band, Context, MatrixRow, Scalar
from portal.questionnaires.rows import RowTest, risky
from portal.questionnaires.strict import Strict


class RowIn(Strict):
    """One of the rows `ids` has `eq` in the column `col`."""

    ids: tuple[str, ...]
    col: str
    eq: Scalar


class AnyCell(Strict):
    """Some row has `eq` in the column `col`."""

    col: str
    eq: Scalar


class Ratio(Strict):
    """The cell `of` (row.column) divided by the sum of the column `to` is greater than `gt`."""

    of: str
    to: str
    gt: float

    def cell(self) -> tuple[str, str]:
        """Return row id and column id of the numerator."""
        row, _, column = self.of.partition(".")
        return row, column


class Leaf(Strict):
    """One operand and one or more operators, all of which must hold.

    The operand is another answer (`q`), something the portal knows (`ctx`), or the question's
    own answer when neither is given. `lt_q` and `eq_q` compare with the answer to another question.
    """

    q: str | None = None
    ctx: str | None = None
    eq: Scalar | None = None
    in_: tuple[Scalar, ...] | None = Field(None, alias="in")
    not_in: tuple[Scalar, ...] | None = None
    lt: float | None = None
    lte: float | None = None
    gt: float | None = None
    gte: float | None = None
    answered: bool | None = None
    contains: str | None = None
    contains_any: tuple[str, ...] | None = None
    only: tuple[str, ...] | None = None
    country_risk_gte: Band | None = None
    country_risk_eq: Band | None = None
    lt_ctx: str | None = None
    lt_q: str | None = None
    eq_q: str | None = None
    any_row: RowTest | None = None
    row: RowTest | None = None
    row_in: RowIn | None = None
    any_cell: AnyCell | None = None
    ratio: Ratio | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set - {"q", "ctx"}:
            raise ValueError("a condition without operator")
        if self.q is not None and self.ctx is not None:
            raise ValueError("a condition names either q or ctx, not both")
        return self


class All(Strict):
    """Every condition holds."""

    all_: "tuple[Condition, ...]" = Field(alias="all", min_length=1)


class AnyOf(Strict):
    """At least one condition holds."""

    any_: "tuple[Condition, ...]" = Field(alias="any", min_length=1)


class Not(Strict):
    """The condition does not hold."""

    not_: "Condition" = Field(alias="not")


def _shape(data: object) -> str:
    if isinstance(data, Mapping):
        return next((key for key in ("all", "any", "not") if key in data), "leaf")
    if isinstance(data, All):
        return "all"
    if isinstance(data, AnyOf):
        return "any"
    return "not" if isinstance(data, Not) else "leaf"


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Leaf, Tag("leaf")],
    Discriminator(_shape),
]

for _model in (All, AnyOf, Not):
    _model.model_rebuild()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf of a condition."""
    match condition:
        case All(all_=inner) | AnyOf(any_=inner):
            for each in inner:
                yield from leaves(each)
        case Not(not_=one):
            yield from leaves(one)
        case Leaf():
            yield condition


def holds(condition: Condition, answers: Answers, context: Context, own: str | None = None) -> bool:
    """Return whether `condition` holds for these answers (those of shown questions only).

    `own` is the question that a leaf without operand speaks of. Whatever is said of an answer
    that is not there is false, and its `not` true.
    """
    match condition:
        case All(all_=inner):
            return all(holds(each, answers, context, own) for each in inner)
        case AnyOf(any_=inner):
            return any(holds(each, answers, context, own) for each in inner)
        case Not(not_=one):
            return not holds(one, answers, context, own)
        case Leaf():
            return _leaf_holds(condition, answers, context, own)


def _leaf_holds(leaf: Leaf, answers: Answers, context: Context, own: str | None) -> bool:
    value: object = answers.get(leaf.q or own or "")
    if leaf.ctx is not None:
        value = context.values.get(leaf.ctx)
    if leaf.answered is not None and (value not in EMPTY) != leaf.answered:
        return False
    if value in EMPTY:
        return leaf.model_fields_set <= {"q", "ctx", "answered"}
    return (
        _same(leaf, value)
        and _compares(leaf, value, context)
        and _compares_answers(leaf, value, answers)
        and _chosen(leaf, value)
        and _at_risk(leaf, value, context)
        and _rows_hold(leaf, value, context)
    )


def _same(leaf: Leaf, value: object) -> bool:
    return (
        (leaf.eq is None or value == leaf.eq)
        and (leaf.in_ is None or value in leaf.in_)
        and (leaf.not_in is None or value not in leaf.not_in)
    )


def _compares(leaf: Leaf, value: object, context: Context) -> bool:
    limits = (leaf.lt, leaf.lte, leaf.gt, leaf.gte, leaf.lt_ctx)
    if limits == (None,) * 5:
        return True
    number = _number(value)
    if number is None:
        return False
    ceiling = _number(context.values.get(leaf.lt_ctx)) if leaf.lt_ctx else None
    return (
        (leaf.lt is None or number < leaf.lt)
        and (leaf.lte is None or number <= leaf.lte)
        and (leaf.gt is None or number > leaf.gt)
        and (leaf.gte is None or number >= leaf.gte)
        and (leaf.lt_ctx is None or (ceiling is not None and number < ceiling))
    )


def _compares_answers(leaf: Leaf, value: object, answers: Answers) -> bool:
    for other, fits in ((leaf.lt_q, float.__lt__), (leaf.eq_q, float.__eq__)):
        if other is not None:
            ours, theirs = _number(value), _number(answers.get(other))
            if ours is None or theirs is None or not fits(float(ours), float(theirs)):
                return False
    return True


def _chosen(leaf: Leaf, value: object) -> bool:
    if leaf.contains is None and leaf.contains_any is None and leaf.only is None:
        return True
    chosen = [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
    return (
        (leaf.contains is None or leaf.contains in chosen)
        and (leaf.contains_any is None or any(each in chosen for each in leaf.contains_any))
        and (leaf.only is None or sorted(chosen) == sorted(leaf.only))
    )


def _at_risk(leaf: Leaf, value: object, context: Context) -> bool:
    if leaf.country_risk_gte is None and leaf.country_risk_eq is None:
        return True
    codes = _countries(value)
    return (leaf.country_risk_gte is None or risky(codes, leaf.country_risk_gte, context)) and (
        leaf.country_risk_eq is None
        or any(context.country_bands.get(code) == leaf.country_risk_eq for code in codes)
    )


def _rows_hold(leaf: Leaf, value: object, context: Context) -> bool:
    tests = [test for test in (leaf.any_row, leaf.row) if test is not None]
    if not tests and leaf.row_in is None and leaf.any_cell is None and leaf.ratio is None:
        return True
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    one, cell = leaf.row_in, leaf.any_cell
    return (
        all(any(test.matches(row, context) for row in rows) for test in tests)
        and (
            one is None
            or any(row.get("id") in one.ids and row.get(one.col) == one.eq for row in rows)
        )
        and (cell is None or any(row.get(cell.col) == cell.eq for row in rows))
        and (leaf.ratio is None or _ratio_holds(leaf.ratio, rows))
    )


def _ratio_holds(ratio: Ratio, rows: list[MatrixRow]) -> bool:
    row_id, column = ratio.cell()
    part = sum(_number(row.get(column)) or 0 for row in rows if row.get("id") == row_id)
    whole = sum(_number(row.get(ratio.to)) or 0 for row in rows)
    return whole > 0 and part / whole > ratio.gt


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def _countries(value: object) -> list[str]:
    """Return the country codes of a list, or those of the column `country` of a matrix."""
    entries = value if isinstance(value, list) else [value]
    codes = [entry.get("country") if isinstance(entry, dict) else entry for entry in entries]
    return [code for code in codes if isinstance(code, str)]
