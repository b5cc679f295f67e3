"""What a supplier reads or takes home: the buyer's Code of Conduct, and its own files."""

from __future__ import annotations

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.database import db_session
from portal.declarations import attachments
from portal.declarations.service import code_shown
from portal.state import state
from portal.web.downloads import download
from portal.web.supplier.shell import survey_pages, visit

pages = survey_pages("reading", __name__, needs_open=False, for_signatory=True)


@pages.get("/code")
def code() -> ResponseReturnValue:
    """Show the Code of Conduct, to read or print."""
    found = code_shown(db_session(), visit().invitation, visit().locale)
    return render_template("supplier/code.html", code=found, back_url=url_for("hub.hub"))


@pages.get("/code/file")
def code_file() -> ResponseReturnValue:
    """Return the Code of Conduct as a file."""
    found = code_shown(db_session(), visit().invitation, visit().locale)
    if found.storage_key is not None:
        return download(state().files, found.storage_key, found.filename)
    response = Response(found.text or "", mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=found.filename)
    return response


@pages.get("/files/<int:attachment_id>")
def file(attachment_id: int) -> ResponseReturnValue:
    """Return a file that was given with an answer."""
    found = attachments.find(db_session(), visit().invitation, attachment_id)
    if found is None:
        abort(404)
    return download(state().files, found.storage_key, found.name)
