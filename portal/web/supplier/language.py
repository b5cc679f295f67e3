"""Another language at any point: everything written stays."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.campaigns.links import Purpose
from portal.database import db_session
from portal.web.supplier.cover import choose_language
from portal.web.supplier.shell import survey_pages, visit

pages = survey_pages("language", __name__, needs_open=False, for_signatory=True)


@pages.post("/language")
def change() -> ResponseReturnValue:
    """Remember the language and go back to the page it was chosen on."""
    purpose = Purpose.ANSWER if visit().may_answer else Purpose.SIGN
    choose_language(visit().invitation, request.form.get("locale", ""), purpose)
    db_session().commit()
    back = request.args.get("back", "")
    return redirect(back if back.startswith(f"/survey/{g.public_id}/") else url_for("hub.hub"))
