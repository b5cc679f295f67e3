"""A signed declaration as the buyer reads it: in words, with its files and its receipt."""

from __future__ import annotations

import json
from typing import Any

import flask_babel
from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.buyers.queries import local_day
from portal.database import db_session
from portal.declarations import sealing, service
from portal.declarations.models import Declaration
from portal.declarations.queries import latest
from portal.i18n import language_name, speaking
from portal.ratings.finding_queries import marks_of
from portal.reviews.public_answers import public_answers
from portal.state import state
from portal.web import clock
from portal.web.buyer.declared_part import answers, declaration_or_404, file_of
from portal.web.buyer.finding_words import told as in_words
from portal.web.buyer.review_part import review_of
from portal.web.buyer.review_words import ROLES
from portal.web.buyer.shell import buyer_pages, user_may
from portal.web.downloads import download

pages = buyer_pages("declarations", __name__)


@pages.get("/declarations/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """Show the answers in words, in the reader's language or (`?words=seen`) as they were seen."""
    declaration = declaration_or_404(public_id)
    reader = str(flask_babel.get_locale())
    seen = declaration.locale_answered
    locale = seen if request.args.get("words") == "seen" else reader
    with speaking(locale):
        told = answers(db_session(), declaration, locale)
        review = review_of(
            db_session(),
            declaration,
            told["sections"],
            locale,
            may_review=user_may(*ROLES),
            today=local_day(db_session(), clock.now()),
        )
    return render_template(
        "buyer/declarations/show.html",
        document=json.loads(declaration.document),
        replaced_by=_replaced_by(declaration),
        public=public_answers(db_session(), declaration.invitation_id),
        marks=in_words(db_session(), marks_of(db_session(), declaration.id)),
        **told,
        other=_in_other_words(declaration, {reader, seen} - {locale}),
        review=review,
        reader=(reader, language_name(reader)),
        seen=(seen, language_name(seen)),
    )


@pages.get("/declarations/<public_id>/receipt.json")
def receipt(public_id: str) -> ResponseReturnValue:
    """Return the receipt as canonical JSON: the same that the supplier keeps.

    Gone (410) where this installation no longer has the key that sealed it.
    """
    declaration = declaration_or_404(public_id)
    if declaration.key_id not in {key.id for key in state().known_keys}:
        abort(410)
    content = sealing.canonical(service.receipt(declaration, state().known_keys))
    response = Response(content, mimetype="application/json")
    name = f"receipt-{declaration.public_id[:8]}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.get("/declarations/<public_id>/files/<int:attachment_id>")
def file(public_id: str, attachment_id: int) -> ResponseReturnValue:
    """Return a file that was declared, as a download; gone (410) where the store has lost it."""
    found = file_of(declaration_or_404(public_id), attachment_id)
    if found is None:
        abort(404)
    try:
        return download(state().files, found.storage_key, found.name)
    except FileNotFoundError:
        abort(410)


def _in_other_words(declaration: Declaration, locales: set[str]) -> dict[str, Any] | None:
    """Return the answers in the one language of `locales`, by question: (question, lines); else None."""
    for locale in locales:
        with speaking(locale):
            told = answers(db_session(), declaration, locale)
        declared = (one for section in told["sections"] for one in section.declared)
        words = {
            one.question.id: (one.question.text, told["words"][one.question.id]) for one in declared
        }
        return {"locale": locale, "language": language_name(locale), "words": words}
    return None


def _replaced_by(declaration: Declaration) -> Declaration | None:
    last = latest(db_session(), declaration.invitation)
    return last if last is not None and last.id != declaration.id else None
