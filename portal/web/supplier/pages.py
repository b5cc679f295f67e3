"""All of a supplier's pages."""

from __future__ import annotations

from flask import Flask

from portal.web.supplier import (
    checking,
    cover,
    follow_up,
    follow_up_action,
    hub,
    language,
    leaving,
    outcomes,
    reading_matter,
    receipt,
    review,
    sections,
    thread_cover,
)

PARTS = (
    cover,
    hub,
    sections,
    review,
    leaving,
    receipt,
    reading_matter,
    language,
    checking,
    thread_cover,
    follow_up,
    follow_up_action,
)


def init_app(app: Flask) -> None:
    """Give `app` the pages of suppliers, and those for links that open nothing."""
    for part in PARTS:
        app.register_blueprint(part.pages)
    outcomes.init_app(app)
