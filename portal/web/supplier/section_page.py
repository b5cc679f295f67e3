"""One section as a page: the only place where questions are drawn for a supplier.

How a single question is drawn, and what of it is prepared once, is in `drawing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask_babel
from babel import dates
from flask import render_template, url_for
from flask_babel import gettext

from portal.database import db_session
from portal.declarations.drafts import COMMENT, Conflict
from portal.declarations.models import Attachment
from portal.declarations.proposals import Proposal
from portal.declarations.service import code_shown
from portal.declarations.survey import Place, Survey
from portal.i18n import format_locale
from portal.questionnaires.completeness import is_extra, lacking
from portal.questionnaires.problems import Problem
from portal.questionnaires.readable import readable
from portal.questionnaires.schema import Question
from portal.questionnaires.visibility import Shown
from portal.suppliers.countries import country_name
from portal.web.filters import moment
from portal.web.supplier.drawing import Drawn, draw
from portal.web.supplier.posted import most_lines, typed
from portal.web.supplier.saving import Outcome
from portal.web.supplier.sentences import problem_sentence


def show(survey: Survey, place: Place, *, check: bool = False, lines: str = "") -> str:
    """Return the page as it is stored; with `check`, saying what each answer still lacks.

    `lines` (`<question id>.<number>`) says how many lines a table or list shall have.
    """
    problems: dict[str, list[Problem]] = {}
    if check:
        names = {file.question_id for file in survey.files}
        for question in survey.shown.of(place.section):
            if found := list(lacking(question, survey.shown.answers, survey.context, names)):
                problems[question.id] = found
    return _page(survey, place, problems, lines=lines)


def show_again(outcome: Outcome, place: Place) -> str:
    """Return the page as it was typed, with what could not be kept."""
    return _page(outcome.survey, place, outcome.problems, outcome)


def _page(
    survey: Survey,
    place: Place,
    problems: Mapping[str, list[Problem]],
    outcome: Outcome | None = None,
    lines: str = "",
) -> str:
    shown = survey.supposed(place.section)
    drawn = [
        _drawn(question, survey, shown, outcome)
        for question in survey.unlocked(place.section).questions
        if question.tier != "extended" or survey.context.extended
    ]
    summary: list[tuple[str, str]] = []
    for each in drawn:
        each.blank_rows = _blank_rows(each, lines)
        summary += _add_problems(each, problems.get(each.q.id, []), outcome)
    shows_code = any(each.q.shows for each in drawn)
    return render_template(
        "supplier/section.html",
        survey=survey,
        place=place,
        questions=drawn,
        draw=draw,
        errors=summary,
        left=len(survey.missing),
        proposed=sum(bool(each.proposed) and each.visible for each in drawn),
        code=code_shown(db_session(), survey.invitation, str(flask_babel.get_locale()))
        if shows_code
        else None,
        language_form="answers",
        back_url=url_for("hub.hub"),
    )


def _blank_rows(drawn: Drawn, lines: str) -> int:
    """Return how many blank lines follow those that are filled in."""
    question_id, _, number = lines.partition(".")
    if question_id != drawn.q.id or not number.isdecimal():
        return 1
    filled = len(drawn.value) if isinstance(drawn.value, list) else 0
    return max(1, min(int(number[:4]), most_lines(drawn.q)) - filled)


def _drawn(question: Question, survey: Survey, shown: Shown, outcome: Outcome | None) -> Drawn:
    posted = outcome.posted if outcome and outcome.posted.has(question) else None
    value, comment = survey.answers.get(question.id), survey.answers.get(question.id + COMMENT, "")
    proposal = survey.proposals.get(question.id)
    if proposal:
        value, comment = proposal.value, proposal.comment
    if posted:
        value = typed(question, posted) if question.type != "file" else value
        given = posted.one(question.id + COMMENT)
        comment = comment if given is None else given
    return Drawn(
        q=question,
        value=value,
        comment=comment,
        visible=question in shown,
        revision=survey.revisions.get(question.id, 0),
        files=[_file(file) for file in survey.files_of(question)],
        cell_files=_carried(proposal)
        | {name: _file(file) for name, file in survey.cell_files_of(question).items()},
        proposed=_proposed(proposal) if proposal else "",
        extra=is_extra(question, survey.context),
    )


def _carried(proposal: Proposal | None) -> dict[str, dict[str, Any]]:
    """Return what is said of the files that go with a proposal's rows, by `row.column`."""
    return {
        file.question_id.partition(".")[2]: {
            "proposed": gettext(
                "The file %(name)s goes with this row when you confirm the answer.", name=file.name
            )
        }
        for file in (proposal.carried(proposal.value) if proposal else ())
    }


def _proposed(proposal: Proposal) -> str:
    day = dates.format_date(proposal.signed_on, "long", format_locale())
    return str(gettext("From your answer of %(date)s. Still right?", date=day))


def _add_problems(
    drawn: Drawn, problems: list[Problem], outcome: Outcome | None
) -> list[tuple[str, str]]:
    """Put each problem where it belongs on the question; return (id to go to, sentence) of each."""
    question, lines = drawn.q, list[tuple[str, str]]()
    for problem in problems:
        sentence = problem_sentence(problem, question)
        target = problem.name
        if problem.name == question.id + COMMENT:
            drawn.comment_errors.append(sentence)
        elif problem.name in (question.id, f"{question.id}.file"):
            drawn.errors.append(sentence)
        else:
            target, sentence = _cell(drawn, problem.name, sentence, outcome)
        lines.append((target, sentence))
    if outcome is not None:
        drawn.errors += outcome.refused.get(question.id, [])
        target = question.id if question.type == "file" else f"{question.id}.file"
        lines += [(target, sentence) for sentence in outcome.refused.get(question.id, [])]
        for name, sentences in outcome.refused.items():
            if name.startswith(f"{question.id}."):
                lines.append(_cell(drawn, name, " ".join(sentences), outcome))
        if found := outcome.conflicts.get(question.id):
            drawn.conflict = _conflict(question, found, outcome.survey)
            both = gettext("Two people answered: %(question)s", question=question.text)
            lines.append((f"{question.id}-mine", both))
    return lines


def _cell(drawn: Drawn, name: str, sentence: str, outcome: Outcome | None) -> tuple[str, str]:
    """Put a problem at its cell; lines that grow are counted anew when they are shown again."""
    question = drawn.q
    row, _, column_id = name.removeprefix(f"{question.id}.").partition(".")
    column = question.column(column_id)
    label = row
    if question.dynamic:
        rows = outcome.posted.rows(question) if outcome else []
        row = str(rows.index(row)) if row in rows else row
        label = str(int(row) + 1) if row.isdigit() else row
    else:
        label = next((each.label for each in question.fixed_rows if each.id == row), row)
    drawn.cell_errors[f"{row}.{column_id}"] = sentence
    where = gettext(
        "%(column)s, line %(line)s: %(sentence)s",
        column=column.label if column else column_id,
        line=label,
        sentence=sentence,
    )
    return f"{question.id}.{row}.{column_id}", where


def _conflict(question: Question, found: Conflict, survey: Survey) -> dict[str, str]:
    return {
        "mine": _both(question, found.mine.value, found.mine.comment),
        "theirs": _both(question, found.theirs.value, found.theirs.comment),
        "at": moment(found.at, survey.invitation.campaign.zone),
    }


def _both(question: Question, value: Any, comment: str) -> str:
    lines = in_words(question, value) or [gettext("No answer")]
    return "; ".join(
        [*lines, *([gettext("Comment: %(comment)s", comment=comment)] if comment else [])]
    )


def in_words(question: Question, value: Any) -> list[str]:
    """Return an answer in the reader's language, a line per choice or row."""
    if value is None:
        return []
    locale = str(flask_babel.get_locale())
    labels = {
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "na": gettext("Not relevant"),
        "unknown": gettext("Not known"),
    }
    return readable(question, value, lambda code: country_name(code, locale), labels)


def _file(file: Attachment) -> dict[str, Any]:
    return {"id": file.id, "name": file.name, "size": size_in_words(file.size)}


def size_in_words(size: int) -> str:
    """Return a file's size in kB or MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{flask_babel.format_decimal(round(size / 1_000_000, 1))} MB"
