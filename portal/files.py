"""The file store: a local folder by default, any fsspec address when there is more than one machine."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from typing import IO, Any, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem

from portal.config import ConfigError


@dataclass(frozen=True)
class StoredFile:
    """Where a file was put: its key, its size in bytes and its SHA-256 in hex."""

    key: str
    size: int
    sha256: str


def _unusable(url: str, reason: str) -> ConfigError:
    return ConfigError(
        f"PORTAL_FILES_URL: files cannot be kept in {url} ({reason}). "
        "Name a folder the portal may write to, or a store whose fsspec package is installed."
    )


class FileStore:
    """Keeps bytes under random keys; nobody can guess one, and a name given by a user is never a path."""

    def __init__(self, url: str) -> None:
        """Make the folder at `url` unless it is there.

        Raises:
            ConfigError: nothing can be kept there.
        """
        try:
            self._system, self._root = cast("tuple[Any, str]", fsspec.core.url_to_fs(url))
            self._system.makedirs(self._root, exist_ok=True)
        except (ValueError, ImportError, OSError) as error:
            raise _unusable(url, str(error)) from None
        if isinstance(self._system, LocalFileSystem) and not os.access(self._root, os.W_OK):
            raise _unusable(url, "it is not writable")

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
