"""A signed declaration as the buyer reads it: in words, with its files and its receipt."""

from __future__ import annotations

import json

import flask_babel
import sqlalchemy as sa
from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.database import db_session
from portal.declarations import sealing, service
from portal.declarations.models import Attachment, Declaration
from portal.i18n import own_name, speaking
from portal.ratings.finding_queries import marks_of
from portal.reports.declared import files_of
from portal.state import state
from portal.web.buyer.declared_part import answers
from portal.web.buyer.finding_words import told as in_words
from portal.web.buyer.shell import buyer_pages
from portal.web.downloads import download

pages = buyer_pages("declarations", __name__)


@pages.get("/declarations/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """Show the answers in words, in the reader's language or (`?words=seen`) as they were seen."""
    declaration = _declaration(public_id)
    reader = str(flask_babel.get_locale())
    seen = declaration.locale_answered
    locale = seen if request.args.get("words") == "seen" else reader
    with speaking(locale):
        told = answers(db_session(), declaration, locale)
    return render_template(
        "buyer/declarations/show.html",
        document=json.loads(declaration.document),
        replaced_by=_replaced_by(declaration),
        marks=in_words(db_session(), marks_of(db_session(), declaration.id)),
        **told,
        reader=(reader, own_name(reader)),
        seen=(seen, own_name(seen)),
    )


@pages.get("/declarations/<public_id>/receipt.json")
def receipt(public_id: str) -> ResponseReturnValue:
    """Return the receipt as canonical JSON: the same that the supplier keeps.

    Gone (410) where this installation no longer has the key that sealed it.
    """
    declaration = _declaration(public_id)
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
    found = _file(_declaration(public_id), attachment_id)
    if found is None:
        abort(404)
    try:
        return download(state().files, found.storage_key, found.name)
    except FileNotFoundError:
        abort(410)


def _declaration(public_id: str) -> Declaration:
    found = db_session().scalar(sa.select(Declaration).where(Declaration.public_id == public_id))
    if found is None:
        abort(404)
    return found


def _replaced_by(declaration: Declaration) -> Declaration | None:
    latest = service.latest(db_session(), declaration.invitation)
    return latest if latest is not None and latest.id != declaration.id else None


def _file(declaration: Declaration, attachment_id: int) -> Attachment | None:
    declared = files_of(db_session(), declaration, json.loads(declaration.document))
    files = (each for together in declared.values() for each in together)
    return next((each for each in files if each.id == attachment_id), None)
