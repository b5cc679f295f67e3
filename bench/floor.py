"""The floor: the same server and framework answering constant pages, as fast as this stack can be."""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    """Return an application whose `/<size>` is that many bytes, whatever is asked or posted."""
    app = Flask("floor")

    @app.route("/<int:size>", methods=["GET", "POST"])
    def constant(size: int) -> str:
        return "x" * size

    return app
