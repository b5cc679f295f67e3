"""Files that somebody else gave: always downloaded, never shown inside our own pages."""

from __future__ import annotations

from flask import Response

from portal.files import FileStore


def download(files: FileStore, storage_key: str, name: str) -> Response:
    """Return the stored file as a download called `name`; its own type is not announced."""
    response = Response(files.read(storage_key), mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
