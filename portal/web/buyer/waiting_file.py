"""A file that waits between two steps of an import: kept under a random key, bound to the user.

The form carries the key signed; the user's browser remembers it, so that the next file takes its
place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from flask import current_app, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from portal.state import state
from portal.suppliers.cells import clean
from portal.suppliers.reading import MAX_BYTES
from portal.web.buyer.shell import signed_in_user

_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Waiting:
    """A file between the two steps, and what its plan said."""

    key: str
    name: str
    fingerprint: str


def uploaded(upload: FileStorage) -> tuple[str, bytes]:
    """Return the name and content of an upload: one byte more than is allowed shows it is too large."""
    name = clean(PurePath(upload.filename or "").name)[:200]
    return name, upload.stream.read(MAX_BYTES + 1)


@dataclass(frozen=True)
class WaitingFile:
    """The file of one kind of import; `kind` names it in the browser's cookie and its signature."""

    kind: str

    def keep(self, name: str, content: bytes, fingerprint: str) -> Waiting:
        """Keep a file in place of the one before."""
        self.forget()
        session[self.kind] = state().files.put(content).key
        return Waiting(session[self.kind], name, fingerprint)

    def content(self, waiting: Waiting) -> bytes:
        """Return what the file holds; raises `FileNotFoundError` once it is gone."""
        return state().files.read(waiting.key)

    def done(self, waiting: Waiting) -> None:
        """Remove a file that was imported."""
        state().files.remove(waiting.key)
        if session.get(self.kind) == waiting.key:
            del session[self.kind]

    def forget(self) -> None:
        """Remove the file, if one waits."""
        key = session.pop(self.kind, None)
        if key:
            state().files.remove(key)

    def closed(self, waiting: Waiting) -> str:
        """Return what a form carries of it."""
        user = signed_in_user()
        return self._signer().dumps([user.id, waiting.key, waiting.name, waiting.fingerprint])

    def opened(self, token: str) -> Waiting:
        """Return what a form carries.

        Raises:
            BadData: it is not ours, a day old, or another user's.
        """
        user_id, key, name, fingerprint = self._signer().loads(token, max_age=_A_DAY)
        if user_id != signed_in_user().id:
            raise BadData("another user's")
        return Waiting(key, name, fingerprint)

    def _signer(self) -> URLSafeTimedSerializer:
        # The last key signs; the others only read what was signed before.
        keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
        return URLSafeTimedSerializer(keys, salt=self.kind.replace("_", "-"))
