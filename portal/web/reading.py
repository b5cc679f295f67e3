"""GET and HEAD change nothing: their transactions refuse to write."""

from __future__ import annotations

from flask import Flask, request

from portal import store

READING_METHODS = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Make the database of `app` read-only while a page is only looked at."""

    @app.before_request
    def look_only() -> None:
        store.reading.set(request.method in READING_METHODS)

    @app.teardown_request
    def done(_error: BaseException | None) -> None:
        store.reading.set(False)
