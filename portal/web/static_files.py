"""Style sheet, script and icon: their addresses name their content, so that browsers keep them for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_DIGITS = 12
# Without the version of today: as long as somebody needs for one survey.
_BRIEF = "public, max-age=3600"
_FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def _version(path: Path) -> str:
    """Return a short hash of the file's content, worked out once: it changes with a new release only."""
    return sha256(path.read_bytes()).hexdigest()[:_DIGITS]


def init_app(app: Flask) -> None:
    """Name the content in every address of a static file, and say how long it may be kept."""
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", _version(folder / values["filename"]))

    @app.after_request
    def say_how_long(response: Response) -> Response:
        if request.endpoint == "static":
            named = response.status_code == HTTPStatus.OK and request.args.get("v")
            current = named and named == _version(folder / (request.view_args or {})["filename"])
            response.headers["Cache-Control"] = _FOR_GOOD if current else _BRIEF
        return response
