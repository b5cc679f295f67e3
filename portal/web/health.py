"""Whether the portal lives and can serve: asked by what watches over it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from portal import database
from portal.config import ConfigError
from portal.jobs import last_tick
from portal.web import clock

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether the database can be used (else 503), and how many seconds ago a worker was seen.

    A missing worker delays mail but leaves the pages fine, so it does not count against them.
    """
    try:
        database.check()
    except ConfigError:
        return jsonify(state="not ready", database="not usable"), 503
    seen = last_tick()
    age = round((clock.now() - seen).total_seconds()) if seen else None
    return jsonify(state="ready", database="ok", worker_seen_seconds_ago=age)
