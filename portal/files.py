"""The file store: a local folder by default, any fsspec address when there is more than one machine."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import IO, Any, cast

import fsspec


@dataclass(frozen=True)
class StoredFile:
    """Where a file was put: its key, its size in bytes and its SHA-256 in hex."""

    key: str
    size: int
    sha256: str


class FileStore:
    """Keeps bytes under random keys; nobody can guess one, and a name given by a user is never a path."""

    def __init__(self, url: str) -> None:
        self._system, self._root = cast("tuple[Any, str]", fsspec.core.url_to_fs(url))
        self._system.makedirs(self._root, exist_ok=True)

    def put(self, content: bytes) -> StoredFile:
        """Keep `content` and return where."""
        name = secrets.token_hex(16)
        key = f"{name[:2]}/{name}"
        self._system.makedirs(f"{self._root}/{name[:2]}", exist_ok=True)
        with self._system.open(f"{self._root}/{key}", "wb") as file:
            file.write(content)
        return StoredFile(key, len(content), hashlib.sha256(content).hexdigest())

    def open(self, key: str) -> IO[bytes]:
        """Return the file under `key`, open for reading.

        Raises:
            FileNotFoundError: there is none.
        """
        return cast("IO[bytes]", self._system.open(f"{self._root}/{key}", "rb"))

    def read(self, key: str) -> bytes:
        """Return the bytes under `key`."""
        with self.open(key) as file:
            return file.read()

    def remove(self, key: str) -> None:
        """Forget the file under `key`; one that is gone already is no error."""
        path = f"{self._root}/{key}"
        if self._system.exists(path):
            self._system.rm(path)
