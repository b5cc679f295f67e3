"""What went wrong, said once: each error of the domain becomes a page and a status here."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.database import db_session

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
        return render_template("errors/csrf.html"), 400

    @app.errorhandler(sa.exc.DataError)
    def unkept(_error: sa.exc.DataError) -> ResponseReturnValue:
        # A value that no column can hold, like a null character in an address.
        db_session().rollback()
        return render_template("errors/400.html", error=None), 400
