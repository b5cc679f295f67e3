"""What went wrong, said once: each error of the domain becomes a page and a status here."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.database import db_session
from portal.web.supplier import grants
from portal.web.supplier.outcomes import session_lost, texts_sent

PAGES = (400, 403, 404, 405, 413, 422, 429, 500)


def init_app(app: Flask) -> None:
    """Give `app` its error pages."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        code = error.code if error.code in PAGES else (500 if error.code >= 500 else 400)
        return render_template(f"errors/{code}.html", error=error), error.code

    @app.errorhandler(CSRFError)
    def csrf_error(_error: CSRFError) -> ResponseReturnValue:
        # On a supplier's page the form is shown again: nothing there is secret, and it may be long.
        public_id = g.get("public_id")
        if not public_id:
            return render_template("errors/csrf.html", texts=()), 400
        if not grants.held(public_id):
            return session_lost(), 400
        return render_template("errors/csrf.html", texts=texts_sent()), 400

    @app.errorhandler(sa.exc.DataError)
    def unkept(_error: sa.exc.DataError) -> ResponseReturnValue:
        # A value that no column can hold, like a null character in an address.
        db_session().rollback()
        return render_template("errors/400.html", error=None), 400
