"""The overview: every section with its state, and what comes next."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.database import db_session
from portal.declarations.queries import sent_back_comment
from portal.web.supplier.shell import survey, survey_pages, visit

pages = survey_pages("hub", __name__)


@pages.get("/")
def hub() -> ResponseReturnValue:
    """Show the sections, what is done and what is next."""
    return render_template(
        "supplier/hub.html",
        survey=survey(),
        sent_back=sent_back_comment(db_session(), visit().invitation),
    )
