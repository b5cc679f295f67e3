"""What is wrong with an answer or a file, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext

from portal.declarations.attachments import MOST_PER_QUESTION, Reason, Refused
from portal.questionnaires.problems import Problem
from portal.questionnaires.schema import Question
from portal.suppliers.countries import suggest

SENTENCES: dict[str, Any] = {
    "required": lazy_gettext("Please answer this question."),
    "comment_required": lazy_gettext("Please explain this answer in a comment."),
    "file_required": lazy_gettext("Please add a document."),
    "not_a_number": lazy_gettext(
        "“%(given)s” is not a number. Write it with digits, such as 12 or 12.5."
    ),
    "below_min": lazy_gettext("The number must be %(min)s or more."),
    "above_max": lazy_gettext("The number must be %(max)s or less."),
    "not_a_date": lazy_gettext(
        "This is not a date. Write it as year-month-day, such as 2026-11-30."
    ),
    "in_future": lazy_gettext("The date must not lie in the future."),
    "not_an_email": lazy_gettext(
        "This is not an e-mail address. It should look like name@example.com."
    ),
    "not_a_url": lazy_gettext(
        "This is not a web address. It should begin with https:// or http://."
    ),
    "unknown_option": lazy_gettext("“%(option)s” is not one of the answers. Please choose again."),
    "exclusive_with_others": lazy_gettext(
        "“%(option)s” does not go together with other answers. Choose either that one or the others."
    ),
    "too_long": lazy_gettext(
        "The text has %(length)s characters. Please shorten it to %(max)s at most."
    ),
    "too_few_rows": lazy_gettext("Please fill in at least %(min)s lines."),
    "too_many_rows": lazy_gettext("There is room for %(max)s lines at most."),
    "bad_country": lazy_gettext("“%(given)s” is not a country that we know."),
}

FILES: dict[Reason, Any] = {
    Reason.EMPTY: lazy_gettext("The file “%(name)s” is empty. Please choose it again."),
    Reason.TOO_LARGE: lazy_gettext(
        "The file “%(name)s” is larger than 15 MB. Please make it smaller."
    ),
    Reason.WRONG_KIND: lazy_gettext(
        "The file “%(name)s” is of a kind we cannot take. PDF, Word, Excel, PNG and JPEG are fine."
    ),
    Reason.NOT_WHAT_IT_SAYS: lazy_gettext(
        "The file “%(name)s” is of another kind than its name says. Please save it again in the right kind."
    ),
    Reason.TOO_MANY: lazy_gettext(
        "There are %(most)s files with this answer already. Remove one first."
    ),
}


def problem_sentence(problem: Problem, question: Question) -> str:
    """Return the sentence for what is wrong with one field of `question`."""
    if problem.code == "bad_country":
        return _country(str(problem.params.get("given", "")))
    values = {name: _in_words(value, question) for name, value in problem.params.items()}
    values.setdefault("given", "")
    return str(SENTENCES[problem.code]) % values


def file_sentence(refused: Refused) -> str:
    """Return the sentence for a file that is not taken."""
    return str(FILES[refused.reason]) % {"name": refused.name, "most": MOST_PER_QUESTION}


def _country(given: str) -> str:
    near = suggest(given)
    if near is None:
        return str(SENTENCES["bad_country"]) % {"given": given}
    sentence = gettext(
        "“%(given)s” is not a country that we know. Did you mean %(near)s?", given=given, near=near
    )
    return str(sentence)


def _in_words(value: str | float, question: Question) -> str:
    if isinstance(value, str):
        option = question.option(value)
        known: dict[str, Callable[[], str]] = {"unknown": lambda: gettext("Not known")}
        return option.label if option else known.get(value, lambda: value)()
    return str(format_decimal(value))
