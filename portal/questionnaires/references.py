"""Whether what a questionnaire speaks of exists: questions, options, rows and columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.questionnaires.answers import BANDS, UNKNOWN, Scalar
from portal.questionnaires.conditions import Condition, Leaf, leaves
from portal.questionnaires.known_context import context_faults
from portal.questionnaires.rows import Cell, RowTest
from portal.questionnaires.schema import Question, Questionnaire
from portal.questionnaires.structure import NUMBERS, Complaint
from portal.questionnaires.wording import worded

CERTIFICATE = {"held": "single", "file": "file", "expires_on": "date"}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Known:
    """The questions a condition may speak of, and foreign ones that are only declared."""

    questions: Mapping[str, Question]
    declared: frozenset[str] = frozenset()


def references(
    questionnaire: Questionnaire, foreign: Mapping[str, Question] | None
) -> Iterator[Complaint]:
    """Yield references that lead nowhere.

    `foreign` holds the questions of the other questionnaires; None means that they are not known
    and that a declared reference (`uses`) is believed.
    """
    own = {question.id: question for question in questionnaire.questions()}
    uses = frozenset(questionnaire.uses)
    for unknown in sorted(uses - (foreign or {}).keys()) if foreign is not None else ():
        yield "", worded("uses: no questionnaire has the question '%(unknown)s'", unknown=unknown)
    declared = {each: foreign[each] for each in uses & foreign.keys()} if foreign else {}
    everything = Known({**declared, **own}, uses)
    yield from _shown(questionnaire, declared, uses)
    for question in questionnaire.questions():
        place = f"question {question.id}"
        conditions = [rule.when for rule in question.risk]
        if question.comment_required_if:
            conditions.append(question.comment_required_if)
        for condition in conditions:
            for leaf in leaves(condition):
                yield from ((place, each) for each in _leaf(leaf, question, everything))
        for column in question.columns:
            if column.required_if:
                yield from ((place, each) for each in _row(column.required_if, question))
        for rule in question.risk:
            for text in (rule.finding, rule.action):
                yield from ((place, each) for each in _placeholders(text, everything))
    yield from _unused(questionnaire, uses)
    yield from _context(questionnaire)


def _context(questionnaire: Questionnaire) -> Iterator[Complaint]:
    for place, condition in placed_conditions(questionnaire):
        for leaf in leaves(condition):
            yield from ((place, each) for each in context_faults(leaf, questionnaire.scope))


def _shown(
    questionnaire: Questionnaire, declared: Mapping[str, Question], uses: frozenset[str]
) -> Iterator[Complaint]:
    """Yield faults of `visible_if`, which may speak of earlier questions only."""
    earlier = dict(declared)
    for section in questionnaire.sections:
        known = Known(earlier, uses)
        if section.visible_if:
            for leaf in leaves(section.visible_if):
                yield from ((f"section {section.id}", each) for each in _leaf(leaf, None, known))
        for question in section.questions:
            if question.visible_if:
                for leaf in leaves(question.visible_if):
                    sentences = _leaf(leaf, None, known)
                    yield from ((f"question {question.id}", each) for each in sentences)
            earlier[question.id] = question


def _unused(questionnaire: Questionnaire, uses: frozenset[str]) -> Iterator[Complaint]:
    conditions = [condition for _, condition in placed_conditions(questionnaire)]
    named = {leaf.q for condition in conditions for leaf in leaves(condition)}
    for each in sorted(uses - named):
        yield (
            "",
            worded(
                "uses: the question '%(each)s' is declared but no condition speaks of it", each=each
            ),
        )


def placed_conditions(questionnaire: Questionnaire) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a questionnaire, each after the place it stands at."""
    for section in questionnaire.sections:
        if section.visible_if:
            yield f"section {section.id}", section.visible_if
        for question in section.questions:
            place = f"question {question.id}"
            yield from ((place, rule.when) for rule in question.risk)
            if question.visible_if:
                yield place, question.visible_if
            if question.comment_required_if:
                yield place, question.comment_required_if


def condition_faults(condition: Condition, questions: Mapping[str, Question]) -> Iterator[str]:
    """Yield what is wrong with a condition that may speak of any of `questions`."""
    for leaf in leaves(condition):
        yield from _leaf(leaf, None, Known(questions))


def _leaf(leaf: Leaf, own: Question | None, known: Known) -> Iterator[str]:
    if leaf.ctx is not None:
        return
    if leaf.q is None and own is None:
        yield worded("a condition names neither q nor ctx")
        return
    target = own if leaf.q is None else known.questions.get(leaf.q)
    for other in filter(None, (leaf.lt_q, leaf.eq_q)):
        if other not in known.questions.keys() | known.declared:
            yield worded("a condition speaks of '%(id)s', which is no earlier question", id=other)
    if target is None:
        if leaf.q not in known.declared:
            yield worded("a condition speaks of '%(id)s', which is no earlier question", id=leaf.q)
        return
    yield from _values(leaf, target)
    yield from _operators(leaf, target)
    yield from _matrix(leaf, target)


def _values(leaf: Leaf, target: Question) -> Iterator[str]:
    compared: list[Scalar] = [*(leaf.in_ or ()), *(leaf.not_in or ()), *(leaf.only or ())]
    compared += leaf.contains_any or ()
    compared += [each for each in (leaf.eq, leaf.contains) if each is not None]
    choices = target.choices()
    for value in compared:
        if isinstance(value, bool):
            yield worded(
                "a bare yes or no is compared with '%(id)s'; put it in quotes", id=target.id
            )
        elif choices and value not in choices:
            yield worded("'%(value)s' is not an option of '%(id)s'", value=value, id=target.id)


def _operators(leaf: Leaf, target: Question) -> Iterator[str]:
    fitting: list[tuple[str, bool, bool]] = [
        (
            "contains, contains_any and only",
            (leaf.contains, leaf.contains_any, leaf.only) != (None,) * 3,
            target.type in {"multi", "country_list"},
        ),
        (
            "lt, lte, gt, gte, lt_ctx, lt_q and eq_q",
            (leaf.lt, leaf.lte, leaf.gt, leaf.gte, leaf.lt_ctx, leaf.lt_q, leaf.eq_q)
            != (None,) * 7,
            target.type in NUMBERS,
        ),
        (
            "country_risk_gte and country_risk_eq",
            (leaf.country_risk_gte, leaf.country_risk_eq) != (None,) * 2,
            target.type == "country_list" or _has_country(target),
        ),
        (
            "tests of rows",
            (leaf.any_row, leaf.row, leaf.row_in, leaf.any_cell, leaf.ratio) != (None,) * 5,
            target.type == "matrix",
        ),
        (
            "eq, in and not_in",
            (leaf.eq, leaf.in_, leaf.not_in) != (None,) * 3,
            target.type not in {"multi", "country_list", "matrix"} or leaf.eq == UNKNOWN,
        ),
    ]
    for operators, given, fits in fitting:
        if given and not fits:
            yield worded(
                "%(operators)s cannot be said of '%(id)s', which is %(type)s",
                operators=operators,
                id=target.id,
                type=target.type,
            )


def _has_country(target: Question) -> bool:
    column = target.column("country")
    return column is not None and column.type == "country"


def _matrix(leaf: Leaf, target: Question) -> Iterator[str]:
    for test in (leaf.any_row, leaf.row):
        if test:
            yield from _row(test, target)
    if leaf.row_in:
        yield from _rows_exist(leaf.row_in.ids, target)
        yield from _cell(leaf.row_in.col, (leaf.row_in.eq,), target)
    if leaf.any_cell:
        yield from _cell(leaf.any_cell.col, (leaf.any_cell.eq,), target)
    if leaf.ratio:
        row, column = leaf.ratio.cell()
        yield from _rows_exist([row], target)
        yield from (each for name in (column, leaf.ratio.to) for each in _cell(name, (), target))


def _row(test: RowTest, target: Question) -> Iterator[str]:
    for cell in test.all_cells():
        if cell.column == "id":
            yield from _rows_exist(map(str, cell.values), target)
        elif cell.column == "valid":
            yield from _can_be_valid(cell, target)
        elif cell.column == "country_risk_gte":
            if not _has_country(target):
                yield worded("'%(id)s' has no column 'country' of countries", id=target.id)
            yield from (
                worded("'%(each)s' is no band", each=each)
                for each in cell.values
                if each not in BANDS
            )
        else:
            yield from _cell(cell.column, cell.values, target)


def _can_be_valid(cell: Cell, target: Question) -> Iterator[str]:
    for name, kind in CERTIFICATE.items():
        column = target.column(name)
        if column is None or column.type != kind:
            yield worded(
                "valid needs a column '%(name)s' of the type %(kind)s in '%(id)s'",
                name=name,
                kind=kind,
                id=target.id,
            )
    if any(not isinstance(each, bool) for each in cell.values):
        yield worded("valid is either true or false, without quotes")


def _rows_exist(ids: Iterable[str], target: Question) -> Iterator[str]:
    existing = {row.id for row in target.fixed_rows}
    for each in ids:
        if each not in existing:
            yield worded("'%(id)s' has no row '%(each)s'", id=target.id, each=each)


def _cell(name: str, values: Iterable[Scalar], target: Question) -> Iterator[str]:
    column = target.column(name)
    if column is None:
        yield worded("'%(id)s' has no column '%(name)s'", id=target.id, name=name)
        return
    options = {option.id for option in column.options}
    for value in values:
        if value == "past" and column.type != "date" and value not in options:
            yield worded(
                "only a date can be past, and '%(name)s' of '%(id)s' is %(type)s",
                name=name,
                id=target.id,
                type=column.type,
            )
        if isinstance(value, bool):
            yield worded(
                "a bare yes or no is compared with '%(name)s' of '%(id)s'; put it in quotes",
                name=name,
                id=target.id,
            )
        elif column.type == "file" and value != "missing":
            yield worded(
                "of the file '%(name)s' of '%(id)s' only missing can be said",
                name=name,
                id=target.id,
            )
        elif options and value not in options | {"missing", "past"}:
            yield worded(
                "'%(value)s' is not an option of '%(name)s' of '%(id)s'",
                value=value,
                name=name,
                id=target.id,
            )


def _placeholders(text: str, known: Known) -> Iterator[str]:
    for name in PLACEHOLDER.findall(text):
        kind, _, question = name.partition(":")
        if kind == "ref" and question not in known.questions.keys() | known.declared:
            yield worded("{%(name)s} speaks of no question", name=name)
        elif kind != "ref" and name not in {"answer", "comment"}:
            yield worded("the placeholder {%(name)s} is not known", name=name)
