"""The installation's key and the seals it sets: canonical JSON (RFC 8785), SHA-256, Ed25519 (RFC 8032)."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.config import ConfigError

FOLDER = "seal"
PRIVATE = "private.pem"
PUBLIC = "*.public.pem"

Document = Mapping[str, Any]


class UnreadableKey(ConfigError):
    """A key file does not hold an Ed25519 key; the message names the file."""


@dataclass(frozen=True)
class Seal:
    """What was sealed and by which key: the canonical text, its SHA-256 (hex), the signature (base64)."""

    text: str
    sha256: str
    signature: str
    key_id: str
    public_key: str


@dataclass(frozen=True)
class PublicKey:
    """A key that seals are checked with; `id` is the SHA-256 of its 32 bytes, in hex."""

    key: Ed25519PublicKey

    @property
    def raw(self) -> bytes:
        """The key's 32 bytes."""
        return self.key.public_bytes_raw()

    @property
    def id(self) -> str:
        """The key's fingerprint."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text(self) -> str:
        """The key's 32 bytes in base64, as a receipt carries them."""
        return base64.b64encode(self.raw).decode()

    def holds(self, signature: bytes, content: bytes) -> bool:
        """Return whether this key set `signature` under `content`."""
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class InstallationKey:
    """The private key of this installation. It stands in a file, never in the database."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """The half that everybody may have."""
        return PublicKey(self.key.public_key())

    def seal(self, document: Document) -> Seal:
        """Return the seal over `document`."""
        content = canonical(document)
        return Seal(
            text=content.decode(),
            sha256=hashlib.sha256(content).hexdigest(),
            signature=base64.b64encode(self.key.sign(content)).decode(),
            key_id=self.public.id,
            public_key=self.public.text,
        )


def canonical(value: Any) -> bytes:
    """Return `value` as canonical JSON: the same value is always the same bytes.

    Raises:
        rfc8785.CanonicalizationError: a number or text that JSON cannot carry exactly.
    """
    return rfc8785.dumps(value)


def installation_key(instance: Path) -> InstallationKey:
    """Return the key in the instance folder; the first start makes it, readable by the owner only.

    Raises:
        UnreadableKey: the file is there but holds no Ed25519 key.
    """
    folder = instance / FOLDER
    path = folder / PRIVATE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
    loaded = _load(path, lambda data: serialization.load_pem_private_key(data, password=None))
    if not isinstance(loaded, Ed25519PrivateKey):
        raise UnreadableKey(f"{path} does not hold an Ed25519 key.")
    key = InstallationKey(loaded)
    _publish(folder, key.public)
    return key


def known_keys(instance: Path) -> list[PublicKey]:
    """Return the public keys in the instance folder: today's and every earlier one."""
    return [read_public_key(path) for path in sorted((instance / FOLDER).glob(PUBLIC))]


def read_public_key(path: Path) -> PublicKey:
    """Return the public key in a PEM file.

    Raises:
        UnreadableKey: there is none in it.
    """
    key = _load(path, serialization.load_pem_public_key)
    if not isinstance(key, Ed25519PublicKey):
        raise UnreadableKey(f"{path} does not hold an Ed25519 public key.")
    return PublicKey(key)


def _load(path: Path, read: Callable[[bytes], object]) -> object:
    try:
        return read(path.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableKey(f"{path} does not hold a key that can be read ({error}).") from None


def _make(path: Path) -> None:
    """Put a new key at `path`, whole or not at all; one that another process put there stays."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process was first; its key is the installation's
    finally:
        draft.unlink()


def _publish(folder: Path, key: PublicKey) -> None:
    """Keep the public half beside the private one, so that old seals stay checkable after a change."""
    path = folder / PUBLIC.replace("*", key.id[:16])
    if path.exists():
        return
    draft = path.with_name(f"{secrets.token_hex(8)}.draft")
    draft.write_bytes(
        key.key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    draft.replace(path)
