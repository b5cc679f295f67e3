"""The pages of a thread: a clarification, its files, and another language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flask_babel
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.database import db_session
from portal.declarations.attachments import LARGEST, Reason, Refused, accept
from portal.declarations.models import Attachment
from portal.followup import clarifications, correspondence
from portal.followup.clarification_models import Clarification
from portal.followup.clarification_queries import about
from portal.followup.correspondence import MOST_FILES, Given, NothingWritten
from portal.questionnaires.schema import Question
from portal.reports.declared import sections
from portal.state import state
from portal.web.clock import now
from portal.web.downloads import download
from portal.web.filters import long_date
from portal.web.supplier.matters import matter_of
from portal.web.supplier.section_page import in_words, size_in_words
from portal.web.supplier.sentences import file_sentence
from portal.web.supplier.thread_cover import choose_language
from portal.web.supplier.thread_forms import ReplyForm
from portal.web.supplier.thread_shell import buyer_of, thread, thread_pages

pages = thread_pages("follow_up", __name__)


@dataclass(frozen=True)
class Asked:
    """The answer that is asked about, as it was given, in the reader's words."""

    question: Question
    lines: list[str]
    comment: str
    files: list[Attachment]


@pages.get("/")
def clarification() -> ResponseReturnValue:
    """Show the one question, the answer as given, and what has been written about it."""
    return _page(_clarification(), ReplyForm())


@pages.post("/reply")
def reply() -> ResponseReturnValue:
    """Keep what the supplier writes, with its files."""
    row, form = _clarification(), ReplyForm()
    given: Sequence[Given] = ()
    if form.validate_on_submit():
        try:
            given = kept(form.files.data)
            clarifications.reply(
                db_session(), row, text=form.text.data or "", files=given, now=now()
            )
            db_session().commit()
            return redirect(url_for(".clarification"))
        except Refused as error:
            form.files.errors = [file_sentence(error)]
        except NothingWritten:
            form.text.errors = [form.nothing]
    db_session().rollback()
    return _page(_clarification(), form), 422


@pages.get("/files/<int:file_id>")
def file(file_id: int) -> ResponseReturnValue:
    """Return a file that was given in the thread."""
    found = correspondence.file_in(db_session(), thread(), file_id)
    if found is None:
        abort(404)
    return download(state().files, found.storage_key, found.name)


@pages.post("/language")
def language() -> ResponseReturnValue:
    """Remember the language and go back to what the thread is about."""
    choose_language(thread(), request.form.get("locale", ""))
    db_session().commit()
    return redirect(url_for(matter_of(thread(), "").endpoint))


def kept(storages: Sequence[FileStorage]) -> list[Given]:
    """Check the files of a form, all of them first, then put them into the store.

    Raises:
        Refused: one of them is not taken, or there are too many.
    """
    named = [each for each in storages if each.filename]
    if len(named) > MOST_FILES:
        raise Refused(Reason.TOO_MANY, named[0].filename or "")
    accepted = [accept(each.filename or "", each.read(LARGEST + 1)) for each in named]
    return [correspondence.keep(state().files, each) for each in accepted]


def _clarification() -> Clarification:
    return about(db_session(), thread()) or abort(404)


def _page(row: Clarification, form: ReplyForm) -> str:
    buyer = buyer_of(thread())
    replied = correspondence.has_replied(db_session(), thread())
    return render_template(
        "supplier/follow_up/clarification.html",
        asked=asked(row),
        entries=correspondence.thread(db_session(), thread()),
        form=form,
        replied=replied and not form.errors,
        zone=buyer.zone,
        size_in_words=size_in_words,
        deadline_text="" if replied else long_date(row.due_on),
    )


def asked(row: Clarification) -> Asked:
    """Return the answer that `row` asks about, in the language that is spoken."""
    locale = str(flask_babel.get_locale())
    declared = (
        one
        for section in sections(db_session(), row.declaration, locale)
        for one in section.declared
        if one.question.id == row.question_id
    )
    found = next(declared, None) or abort(404)
    lines = in_words(found.question, found.value)
    return Asked(found.question, lines, found.comment, found.files)
