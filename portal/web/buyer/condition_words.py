"""Conditions in words: when a question is asked, and what a rule looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext, lazy_gettext

from portal.questionnaires.answers import Scalar
from portal.questionnaires.conditions import All, AnyOf, Condition, Leaf, Not
from portal.questionnaires.rows import Cell, RowTest
from portal.questionnaires.schema import Column, Question
from portal.suppliers.countries import country_name
from portal.web.buyer.supplier_words import BANDS, reader_locale

Questions = Mapping[str, Question]

ANSWERS = {
    "yes": lazy_gettext("Yes"),
    "no": lazy_gettext("No"),
    "na": lazy_gettext("Not relevant"),
    "unknown": lazy_gettext("We do not know"),
}
CONTEXT = {
    "supplier.inherent_risk": lazy_gettext("the supplier's inherent risk"),
    "supplier.country_risk": lazy_gettext("the risk of the supplier's country"),
    "agreement.min_hourly_rate": lazy_gettext("the lowest hourly rate of the agreement"),
}


def condition_words(condition: Condition, questions: Questions, own: Question | None = None) -> str:
    """Return the condition in the reader's language.

    `questions` are those it may speak of; one that is not there is called by its id. `own` is the
    question that a leaf without operand speaks of.
    """
    match condition:
        case All(all_=inner):
            return _joined(gettext(" and "), (condition_words(i, questions, own) for i in inner))
        case AnyOf(any_=inner):
            parts = [condition_words(each, questions, own) for each in inner]
            words = _joined(gettext(" or "), parts)
            return f"({words})" if len(parts) > 1 else words
        case Not(not_=one):
            inside = condition_words(one, questions, own)
            return str(gettext("it is not so that %(condition)s", condition=inside))
        case Leaf():
            return _joined(gettext(" and "), _leaf(condition, questions, own))


def _joined(word: str, parts: Iterable[str]) -> str:
    return word.join(parts)


def _leaf(leaf: Leaf, questions: Questions, own: Question | None) -> Iterator[str]:
    target = questions.get(leaf.q) if leaf.q else own
    what = _operand(leaf, target, own)
    yield from _compared(leaf, what, target)
    yield from _measured(leaf, what, questions)
    yield from _chosen(leaf, what, target)
    yield from _tabled(leaf, what, target)


def _operand(leaf: Leaf, target: Question | None, own: Question | None) -> str:
    if leaf.ctx:
        return str(CONTEXT.get(leaf.ctx, leaf.ctx))
    if target is None:
        return leaf.q or ""
    if leaf.q is None or target is own:
        return str(gettext("the answer"))
    return str(gettext("the answer to “%(question)s”", question=target.text))


def _label(value: Scalar, target: Question | Column | None) -> str:
    text = str(value)
    options = target.options if target else ()
    named = next((option.label for option in options if option.id == text), None)
    if named is None and isinstance(target, Question) and target.type == "country_list":
        named = country_name(text, reader_locale())
    return f"“{named or ANSWERS.get(text) or BANDS.get(text) or text}”"


def _labels(values: Iterable[Scalar], target: Question | Column | None) -> str:
    return str(gettext(" or ")).join(_label(value, target) for value in values)


def _compared(leaf: Leaf, what: str, target: Question | None) -> Iterator[str]:
    if leaf.answered is not None:
        yield (
            gettext("%(what)s is given", what=what)
            if leaf.answered
            else gettext("%(what)s is not given", what=what)
        )
    if leaf.eq is not None:
        yield gettext("%(what)s is %(values)s", what=what, values=_label(leaf.eq, target))
    if leaf.in_ is not None:
        yield gettext("%(what)s is %(values)s", what=what, values=_labels(leaf.in_, target))
    if leaf.not_in is not None:
        yield gettext("%(what)s is not %(values)s", what=what, values=_labels(leaf.not_in, target))


def _measured(leaf: Leaf, what: str, questions: Questions) -> Iterator[str]:
    def asked(question_id: str) -> str:
        question = questions.get(question_id)
        text = question.text if question else question_id
        return str(gettext("the answer to “%(question)s”", question=text))

    if leaf.lt is not None:
        yield gettext("%(what)s is less than %(limit)s", what=what, limit=f"{leaf.lt:g}")
    if leaf.lte is not None:
        yield gettext("%(what)s is at most %(limit)s", what=what, limit=f"{leaf.lte:g}")
    if leaf.gt is not None:
        yield gettext("%(what)s is more than %(limit)s", what=what, limit=f"{leaf.gt:g}")
    if leaf.gte is not None:
        yield gettext("%(what)s is at least %(limit)s", what=what, limit=f"{leaf.gte:g}")
    if leaf.lt_ctx is not None:
        known = str(CONTEXT.get(leaf.lt_ctx, leaf.lt_ctx))
        yield gettext("%(what)s is less than %(limit)s", what=what, limit=known)
    if leaf.lt_q is not None:
        yield gettext("%(what)s is less than %(limit)s", what=what, limit=asked(leaf.lt_q))
    if leaf.eq_q is not None:
        yield gettext("%(what)s is the same as %(other)s", what=what, other=asked(leaf.eq_q))


def _chosen(leaf: Leaf, what: str, target: Question | None) -> Iterator[str]:
    wanted = (leaf.contains,) if leaf.contains else leaf.contains_any or ()
    if wanted:
        yield gettext("%(what)s includes %(values)s", what=what, values=_labels(wanted, target))
    if leaf.only is not None:
        values = _labels(leaf.only, target)
        yield gettext("%(what)s includes nothing but %(values)s", what=what, values=values)
    if leaf.country_risk_gte is not None:
        band = _label(leaf.country_risk_gte, None)
        yield gettext(
            "%(what)s names a country with the risk %(band)s or worse", what=what, band=band
        )
    if leaf.country_risk_eq is not None:
        band = _label(leaf.country_risk_eq, None)
        yield gettext("%(what)s names a country with the risk %(band)s", what=what, band=band)


def _tabled(leaf: Leaf, what: str, target: Question | None) -> Iterator[str]:
    for test in (leaf.any_row, leaf.row):
        if test is not None:
            said = _row(test, target)
            yield gettext("%(what)s has a row in which %(test)s", what=what, test=said)
    if leaf.row_in is not None:
        rows = _row(
            RowTest(
                cells=(
                    Cell(column="id", values=leaf.row_in.ids),
                    Cell(column=leaf.row_in.col, values=(leaf.row_in.eq,)),
                )
            ),
            target,
        )
        yield gettext("%(what)s has a row in which %(test)s", what=what, test=rows)
    if leaf.any_cell is not None:
        cell = _cell(Cell(column=leaf.any_cell.col, values=(leaf.any_cell.eq,)), target)
        yield gettext("%(what)s has a row in which %(test)s", what=what, test=cell)
    if leaf.ratio is not None:
        row, column = leaf.ratio.cell()
        yield gettext(
            "in %(what)s, %(part)s is more than %(limit)s of the sum of %(whole)s",
            what=what,
            part=f"{_row_name(row, target)}, {_column_name(column, target)}",
            limit=f"{leaf.ratio.gt:.0%}",
            whole=_column_name(leaf.ratio.to, target),
        )


def _row(test: RowTest, target: Question | None) -> str:
    parts = [_cell(cell, target) for cell in test.cells]
    parts += [_row(inner, target) for inner in test.all_]
    if test.any_:
        words = _joined(gettext(" or "), (_row(inner, target) for inner in test.any_))
        parts.append(f"({words})")
    if test.not_ is not None:
        inside = _row(test.not_, target)
        parts.append(gettext("it is not so that %(condition)s", condition=inside))
    return _joined(gettext(" and "), parts)


def _cell(cell: Cell, target: Question | None) -> str:
    column = target.column(cell.column) if target else None
    if cell.column == "id":
        names = gettext(" or ").join(_row_name(str(each), target) for each in cell.values)
        return str(gettext("the row is %(values)s", values=names))
    if cell.column == "valid":
        is_valid = gettext("the certificate is valid")
        return str(is_valid if True in cell.values else gettext("the certificate is not valid"))
    if cell.column == "country_risk_gte":
        band = _label(cell.values[0], None)
        return str(gettext("the country has the risk %(band)s or worse", band=band))
    what = _column_name(cell.column, target)
    if "missing" in cell.values:
        return str(gettext("%(what)s is not given", what=what))
    if "past" in cell.values:
        return str(gettext("%(what)s has passed", what=what))
    return str(gettext("%(what)s is %(values)s", what=what, values=_labels(cell.values, column)))


def _column_name(column_id: str, target: Question | None) -> str:
    column = target.column(column_id) if target else None
    return f"“{column.label if column else column_id}”"


def _row_name(row_id: str, target: Question | None) -> str:
    rows = target.fixed_rows if target else ()
    return f"“{next((row.label for row in rows if row.id == row_id), row_id)}”"
