"""What still lacks before the answers can be signed."""

from collections.abc import Collection, Iterable, Iterator

from portal.questionnaires.answers import EMPTY, Answers, Context, MatrixRow, Value, comment_id
from portal.questionnaires.conditions import holds
from portal.questionnaires.problems import Problem
from portal.questionnaires.schema import Question, Questionnaire
from portal.questionnaires.visibility import Shown, visible


def is_extra(question: Question, context: Context) -> bool:
    """Return whether a question may be left out because the answers are asked for reporting only.

    What the EU voluntary standard for small companies asks has a code (`vs`); the rest is extra.
    """
    return context.reporting and question.vs is None


def lacking(
    question: Question, answers: Answers, context: Context, files: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield what the answer to a shown question lacks.

    `answers` are those of shown questions; `files` the names under which files were uploaded:
    a question's id, or `id.row.column`.
    """
    value = answers.get(question.id)
    answered = value not in EMPTY or (question.type == "file" and question.id in files)
    if not answered:
        if question.required and not is_extra(question, context):
            yield Problem(question.id, "required")
        return
    if question.type == "matrix" and isinstance(value, list):
        yield from _matrix(question, value, context, files)
    file_wanted = question.evidence is not None and question.evidence.mode == "required"
    if question.type != "file" and file_wanted and question.id not in files:
        yield Problem(f"{question.id}.file", "file_required")
    wanted = question.comment_required_if
    comment = comment_id(question.id)
    if wanted and answers.get(comment) in EMPTY and holds(wanted, answers, context, question.id):
        yield Problem(comment, "comment_required")


def missing(
    questionnaires: Iterable[Questionnaire],
    answers: Answers,
    context: Context,
    files: Collection[str] = (),
) -> list[str]:
    """Return the ids of shown questions that lack something, in the order they are asked."""
    asked = list(questionnaires)
    return still_missing(asked, visible(asked, answers, context), context, files)


def still_missing(
    questionnaires: Iterable[Questionnaire],
    shown: Shown,
    context: Context,
    files: Collection[str] = (),
) -> list[str]:
    """Return the same as `missing` where it is known already what is shown."""
    return [
        question.id
        for questionnaire in questionnaires
        for question in shown.of(questionnaire)
        if any(lacking(question, shown.answers, context, files))
    ]


def _matrix(
    question: Question, value: Value, context: Context, files: Collection[str]
) -> Iterator[Problem]:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    if question.min_rows is not None and len(rows) < question.min_rows:
        yield Problem(question.id, "too_few_rows", {"min": question.min_rows})
    filled = {str(row.get("id")): row for row in rows}
    # A row of its own must be filled in when every one is required; an added row always.
    every = question.required and question.min_rows is None
    wanted = [row.id for row in question.fixed_rows] if every else []
    for row_id in dict.fromkeys([*wanted, *filled]):
        yield from _row(question, row_id, filled.get(row_id, {"id": row_id}), context, files)


def _row(
    question: Question, row_id: str, row: MatrixRow, context: Context, files: Collection[str]
) -> Iterator[Problem]:
    for column in question.columns:
        name = f"{question.id}.{row_id}.{column.id}"
        wanted = column.required or (
            column.required_if is not None and column.required_if.matches(row, context)
        )
        if wanted and row.get(column.id) in EMPTY and name not in files:
            yield Problem(name, "required")
