"""Whether a language can be offered: every text of a domain is there and can be shown.

Every start asks this about every language, so what is written as in the template is not taken apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.plurals import get_plural

from portal.catalogues.faults import fault
from portal.catalogues.reading import Block, Entry, block, entry, forms

_BEFORE_STRINGS = b"\nmsgstr"


@dataclass(frozen=True)
class _Wanted:
    """A template's texts by key, and the keys of those without plural and marks, by how they begin."""

    texts: dict[str, Entry]
    plain: dict[bytes, str]


def catalogue_file(folder: Path, domain: str, locale: str) -> Path:
    """Return where the catalogue of `domain` in `locale` stands."""
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"


def is_complete(folder: Path, domain: str, locale: str) -> bool:
    """Return whether the catalogue has every text of the template, none fuzzy, none malformed."""
    path = catalogue_file(folder, domain, locale)
    wanted = _wanted(folder / f"{domain}.pot")
    if not path.is_file() or not wanted.texts:
        return False
    plurals = int(get_plural(locale).num_plurals)
    ready = set()
    for raw in path.read_bytes().split(b"\n\n"):
        head, _, strings = raw.partition(_BEFORE_STRINGS)
        key = wanted.plain.get(head)
        if key is None or _has_marks(strings) or not strings.strip(b' "\n'):
            key = _ready(wanted.texts, block(raw.decode()), plurals)
        ready.add(key)
    return wanted.texts.keys() <= ready


def _ready(texts: dict[str, Entry], found: Block | None, plurals: int) -> str | None:
    """Return the key of an entry that can be shown, else nothing."""
    english = texts.get(found.key) if found else None
    if found is None or english is None or found.fuzzy:
        return None
    wanted = plurals if english.plural else 1
    return found.key if fault(english.forms, forms(found), wanted) is None else None


@cache
def _wanted(template: Path) -> _Wanted:
    texts: dict[str, Entry] = {}
    plain: dict[bytes, str] = {}
    for raw in template.read_bytes().split(b"\n\n") if template.is_file() else ():
        found = block(raw.decode())
        english = entry(found) if found else None
        if found is None or english is None or not english.text:
            continue
        texts[found.key] = english
        head = raw.partition(_BEFORE_STRINGS)[0]
        if not english.plural and not _has_marks(head):
            plain[head] = found.key
    return _Wanted(texts, plain)


def _has_marks(raw: bytes) -> bool:
    return b"%" in raw or b"{" in raw or b"<" in raw
