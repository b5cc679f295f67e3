"""The receipt: what a supplier keeps, and what anybody can check without the portal."""

from __future__ import annotations

import base64
import binascii
import enum
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.declarations.sealing import Document, PublicKey, canonical

FORMAT = "portal-receipt/1"
FIELDS = ("format", "document", "parts", "sha256", "seal", "key_id", "public_key")
LARGEST = 4 * 1024 * 1024
_PART_LENGTH = 16


class Fault(enum.StrEnum):
    """What can be wrong with a receipt."""

    MISSING = "missing"
    NOT_PART = "not_part"
    FORMAT = "format"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    DOCUMENT = "document"
    HASH = "hash"
    SEAL = "seal"
    KEY = "key"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `part` names the field or answer it is about."""

    fault: Fault
    part: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a check found: intact when nothing."""

    problems: tuple[Problem, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether the receipt is exactly what was signed and sealed."""
        return not self.problems


class UnreadableReceipt(Exception):
    """The content is not a receipt: too large, not JSON, or not an object."""


def receipt(text: str, sha256: str, seal: str, key: PublicKey) -> dict[str, Any]:
    """Return the receipt of a sealed document; `text` is its canonical JSON.

    `parts` holds a short hash per field and answer: it is what lets a check name what was changed.
    """
    document = json.loads(text)
    return {
        "format": FORMAT,
        "document": document,
        "parts": parts(document),
        "sha256": sha256,
        "seal": seal,
        "key_id": key.id,
        "public_key": key.text,
    }


def parts(document: Document) -> dict[str, str]:
    """Return the first 16 hex digits of the SHA-256 of each field, and of each entry of a field."""
    return {
        name: hashlib.sha256(canonical(value)).hexdigest()[:_PART_LENGTH]
        for name, value in _flat(document)
    }


def _flat(document: Document) -> Iterator[tuple[str, Any]]:
    for name, value in document.items():
        if isinstance(value, Mapping) and value:
            yield from ((f"{name}.{inner}", entry) for inner, entry in value.items())
        else:
            yield name, value


def read(content: bytes) -> dict[str, Any]:
    """Return the receipt in `content`.

    Raises:
        UnreadableReceipt: with a sentence that says why.
    """
    if len(content) > LARGEST:
        raise UnreadableReceipt("The file is too large to be a receipt.")
    try:
        data = json.loads(content.decode("utf-8-sig"), **_STRICT)
    except (ValueError, RecursionError):
        raise UnreadableReceipt("The file is not a receipt: it is not readable JSON.") from None
    if not isinstance(data, dict):
        raise UnreadableReceipt("The file is not a receipt: it is JSON, but not an object.")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


_STRICT: Mapping[str, Any] = {"object_pairs_hook": _once, "parse_constant": _refuse}


def verify(data: Mapping[str, Any], known: Iterable[PublicKey]) -> Verdict:
    """Return whether `data` is intact and sealed by one of the `known` keys, or what is wrong."""
    shape = [Problem(Fault.MISSING, name) for name in FIELDS if name not in data]
    shape += [Problem(Fault.NOT_PART, name) for name in sorted(data.keys() - set(FIELDS))]
    if shape:
        return Verdict(tuple(shape))
    if data["format"] != FORMAT:
        return Verdict((Problem(Fault.FORMAT, str(data["format"])[:40]),))
    if not isinstance(data["document"], dict) or not isinstance(data["parts"], dict):
        return Verdict((Problem(Fault.DOCUMENT),))
    try:
        content = canonical(data["document"])
    except (rfc8785.CanonicalizationError, ValueError, RecursionError):
        return Verdict((Problem(Fault.DOCUMENT),))
    return Verdict(tuple(_problems(data, content, {key.text: key for key in known})))


def _problems(
    data: Mapping[str, Any], content: bytes, known: Mapping[str, PublicKey]
) -> Iterator[Problem]:
    changed = list(_changed_parts(parts(data["document"]), data["parts"]))
    yield from changed
    key, signature = _key(data), _signature(data)
    if key is None:
        yield Problem(Fault.KEY)
        return
    sealed = signature is not None and key.holds(signature, content)
    if hashlib.sha256(content).hexdigest() != data["sha256"]:
        # Under a good seal it is the hash that was touched, not the document.
        if sealed:
            yield Problem(Fault.HASH)
        elif not changed:
            yield Problem(Fault.DOCUMENT)
    elif not sealed:
        yield Problem(Fault.SEAL)
    if key.text not in known:
        yield Problem(Fault.FOREIGN)


def _changed_parts(now: Mapping[str, str], then: Mapping[str, Any]) -> Iterator[Problem]:
    yield from (Problem(Fault.CHANGED, n) for n in now if n in then and now[n] != then[n])
    yield from (Problem(Fault.ADDED, name) for name in now if name not in then)
    yield from (Problem(Fault.REMOVED, name) for name in then if name not in now)


def _key(data: Mapping[str, Any]) -> PublicKey | None:
    """Return the key that the receipt carries, or None if that is none or not the one it names."""
    raw = _exact_base64(data["public_key"])
    if raw is None or len(raw) != 32:
        return None
    key = PublicKey(Ed25519PublicKey.from_public_bytes(raw))
    return key if key.id == data["key_id"] else None


def _signature(data: Mapping[str, Any]) -> bytes | None:
    return _exact_base64(data["seal"])


def _exact_base64(text: object) -> bytes | None:
    """Return the bytes; None for any other spelling than the one a receipt is written with."""
    if not isinstance(text, str):
        return None
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None
