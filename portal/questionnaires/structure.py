"""What a questionnaire must be beyond the types of its keys: unique ids, keys that fit the type."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from portal.questionnaires.rows import SPECIAL_KEYS
from portal.questionnaires.schema import Column, Question, Questionnaire, Rule, Signature
from portal.questionnaires.wording import worded

Complaint = tuple[str, str]
"""Where (a question, a section or nothing) and what."""

CHOICES = {"single", "multi"}
NUMBERS = {"number", "percent"}
RESERVED = SPECIAL_KEYS | {"all", "any", "not", "cells"}
KEYS_OF_TYPES: dict[str, set[str]] = {
    "options": CHOICES,
    "rows": {"matrix"},
    "columns": {"matrix"},
    "min_rows": {"matrix"},
    "max_rows": {"matrix"},
    "row_entity": {"matrix"},
    "unit": NUMBERS,
    "min": NUMBERS,
    "max": NUMBERS,
    "format": {"text"},
    "not_future": {"date"},
}
NEEDED_KEYS: dict[str, tuple[str, ...]] = {
    "single": ("options",),
    "multi": ("options",),
    "matrix": ("rows", "columns"),
}


def structure(
    questionnaire: Questionnaire, norms: frozenset[str], areas: frozenset[str]
) -> Iterator[Complaint]:
    """Yield what is wrong with the structure: ids, keys, norms and areas."""
    sections = questionnaire.sections
    yield from _twice("", "section", (section.id for section in sections))
    yield from _twice("", "question", (question.id for question in questionnaire.questions()))
    yield from (("", sentence) for sentence in _signed(questionnaire.signature))
    yield from (("", sentence) for sentence in _routed(questionnaire))
    for question in questionnaire.questions():
        complaints = chain(
            _ids(question),
            _keys(question),
            _limits(question),
            _catalogued(question, norms, areas),
            *(_rule(rule, number, question) for number, rule in enumerate(question.risk, 1)),
        )
        for sentence in complaints:
            yield f"question {question.id}", sentence


def _signed(signature: Signature) -> Iterator[str]:
    if signature.required and not (signature.roles and signature.statement):
        yield worded("signature: who signs needs roles and a statement")
    if not signature.required and (signature.statement or signature.also or signature.co_signature):
        yield worded("signature: a statement or co_signature needs required: true")


def _routed(questionnaire: Questionnaire) -> Iterator[str]:
    routing = questionnaire.routing
    if routing is None:
        return
    if routing.otherwise not in routing.result_levels:
        yield worded(
            "routing: '%(otherwise)s' is not among the result_levels", otherwise=routing.otherwise
        )
    if not any(rule.trigger for each in questionnaire.questions() for rule in each.risk):
        yield worded("routing: no question triggers another questionnaire")


def _twice(place: str, what: str, ids: Iterable[str]) -> Iterator[Complaint]:
    for each, count in Counter(ids).items():
        if count > 1:
            yield place, worded("the %(what)s id '%(each)s' is used twice", what=what, each=each)


def _ids(question: Question) -> Iterator[str]:
    groups: list[tuple[str, Iterable[str]]] = [
        ("option", question.choices()),
        ("row", (row.id for row in question.fixed_rows)),
        ("column", (column.id for column in question.columns)),
        *(
            (f"column {column.id}: option", (option.id for option in column.options))
            for column in question.columns
        ),
    ]
    for what, ids in groups:
        yield from (sentence for _, sentence in _twice("", what, ids))
    for column in question.columns:
        if column.id in RESERVED:
            yield worded("a column cannot be called '%(id)s'", id=column.id)


def _keys(question: Question) -> Iterator[str]:
    for key, types in KEYS_OF_TYPES.items():
        if question.type not in types and getattr(question, key) not in (None, (), "", False):
            yield worded(
                "the key '%(key)s' does not go with the type %(type)s", key=key, type=question.type
            )
    for key in NEEDED_KEYS.get(question.type, ()):
        if not getattr(question, key):
            yield worded("the type %(type)s needs the key '%(key)s'", type=question.type, key=key)
    if question.type != "multi" and any(option.exclusive for option in question.options):
        yield worded("only an option of a multi question can be exclusive")
    if question.reuse and (question.shows or question.type == "file"):
        yield worded("reuse goes with facts: what is accepted, and a file, is asked for each time")
    for column in question.columns:
        yield from _column_keys(column)
        if column.type == "file" and question.dynamic:
            yield worded(
                "column %(id)s: a file goes with rows of the table's own, not added ones",
                id=column.id,
            )
    if question.evidence and question.evidence.expiry and question.evidence.mode == "none":
        yield worded("evidence that has an expiry cannot have the mode none")


def _column_keys(column: Column) -> Iterator[str]:
    if (column.type == "single") != bool(column.options):
        yield worded(
            "column %(id)s: options go with the type single, and it needs them", id=column.id
        )
    if column.type not in NUMBERS and (column.min is not None or column.max is not None):
        yield worded("column %(id)s: min and max go with numbers", id=column.id)


def _limits(question: Question) -> Iterator[str]:
    for low, high in ((question.min, question.max), (question.min_rows, question.max_rows)):
        if low is not None and high is not None and low > high:
            yield worded(
                "the smallest (%(low)s) is greater than the largest (%(high)s)", low=low, high=high
            )
    if question.max_rows and question.fixed_rows:
        yield worded("max_rows goes with rows that the supplier adds")
    if question.min_rows and 0 < len(question.fixed_rows) < question.min_rows:
        yield worded(
            "min_rows asks for %(min_rows)s of %(count)s rows",
            min_rows=question.min_rows,
            count=len(question.fixed_rows),
        )


def _catalogued(question: Question, norms: frozenset[str], areas: frozenset[str]) -> Iterator[str]:
    for norm in question.norm:
        if norm not in norms:
            yield worded("the norm '%(norm)s' is not in the catalogue", norm=norm)
    for area in (*question.areas, *(area for rule in question.risk for area in rule.area)):
        if area not in areas:
            yield worded("the area '%(area)s' is not in the catalogue", area=area)


def _rule(rule: Rule, number: int, question: Question) -> Iterator[str]:
    if rule.points and not (rule.area or question.areas):
        yield worded("risk rule %(number)s has points but no area", number=number)
    if rule.severity and not (rule.finding and rule.action):
        yield worded(
            "risk rule %(number)s has a severity but no finding or no action", number=number
        )
    if rule.finding and not rule.severity:
        yield worded("risk rule %(number)s has a finding but no severity", number=number)
    if rule.red_flag and rule.severity not in {"high", "critical"}:
        yield worded(
            "risk rule %(number)s is a red flag and must be high or critical", number=number
        )
