"""The receipt: a page to keep, a file that proves, and the way to a correction."""

from __future__ import annotations

import json

from flask import Response, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.campaigns.links import Purpose
from portal.database import db_session
from portal.declarations import sealing, service
from portal.declarations.models import Declaration
from portal.declarations.queries import latest
from portal.declarations.standing import NotOpen, require_open, standing
from portal.ratings.advice import advised
from portal.state import state
from portal.web.clock import now
from portal.web.supplier import grants
from portal.web.supplier.section_page import in_words, size_in_words
from portal.web.supplier.shell import survey, survey_pages, visit

pages = survey_pages("receipt", __name__, needs_open=False, for_signatory=True)


@pages.get("/receipt")
def receipt() -> ResponseReturnValue:
    """Show what was declared, by whom, when, and how to check it."""
    declaration = _latest()
    document, found = json.loads(declaration.document), survey()
    return render_template(
        "supplier/receipt.html",
        declaration=declaration,
        document=document,
        deadline_text="",
        survey=found,
        in_words=in_words,
        size_in_words=size_in_words,
        advice=found.texts(advised(db_session(), declaration, now())),
        may_correct=Purpose.ANSWER in visit().purposes
        and not visit().invitation.campaign.closed_at,
    )


@pages.get("/receipt.json")
def download() -> ResponseReturnValue:
    """Return the receipt as canonical JSON, for keeping and for checking."""
    declaration = _latest()
    content = sealing.canonical(service.receipt(declaration, state().known_keys))
    response = Response(content, mimetype="application/json")
    name = f"receipt-{declaration.public_id[:8]}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.post("/correct")
def correct() -> ResponseReturnValue:
    """Open the answers again; what was signed stays until a new declaration supersedes it."""
    require_open(visit().invitation, correcting=True)
    grants.begin_correction(g.public_id, _latest().public_id)
    return redirect(url_for("hub.hub"))


def _latest() -> Declaration:
    """Return the declaration that counts; without one, the survey is where to go."""
    declaration = latest(db_session(), visit().invitation)
    if declaration is None:
        raise NotOpen(visit().invitation, standing(visit().invitation))
    return declaration
