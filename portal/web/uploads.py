"""Files that were posted with a form, checked by their content."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import FileStorage

from portal.declarations.attachments import LARGEST, Accepted, accept


def posted_files(name: str) -> list[Accepted]:
    """Return the files posted under `name`, in order; fields left empty do not count.

    Raises:
        portal.declarations.attachments.Refused: one of them is not taken.
    """
    return [accept(each.filename or "", each.read(LARGEST + 1)) for each in _chosen(name)]


def _chosen(name: str) -> Iterable[FileStorage]:
    return (each for each in request.files.getlist(name) if each.filename)
