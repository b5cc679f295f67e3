"""Reading a `.po` file as it is: fast enough that there is no compiled form to keep.

Parsing with Babel costs some sixty times as much, which all languages together cannot afford at start.
Only what a catalogue of ours holds is read: texts, contexts, plural forms, comments of translators
and the mark `fuzzy`. What is obsolete (`#~`) is passed over.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, cast

UNCERTAIN = "uncertain:"

_ESCAPED = re.compile(r"\\(.)")
_UNESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_ID = re.compile(r'(?:msgctxt "(.*)"\n)?msgid "(.*)"(?:\nmsgid_plural "(.*)")?')
_STRING = re.compile(r'^(?:msgstr)?(?:\[\d+\])? "(.*)"$', re.MULTILINE)
_PLURAL = re.compile(r"Plural-Forms:[^\\]*?\bplural=([^;\\]+)")


class Block(NamedTuple):
    """One entry as written: comment lines, then from `msgctxt` or `msgid` on, then after `msgstr`."""

    comments: str
    key: str
    strings: str

    @property
    def fuzzy(self) -> bool:
        """Whether the entry is marked as one to be looked at."""
        return "fuzzy" in self.comments and any(
            line.startswith("#,") and "fuzzy" in line for line in self.comments.split("\n")
        )

    @property
    def uncertain(self) -> str:
        """Why the translator was not sure; empty if nothing is said."""
        if UNCERTAIN not in self.comments:
            return ""
        lines = [line[2:] for line in self.comments.split("\n") if line.startswith("# ")]
        return " ".join(lines).partition(UNCERTAIN)[2].strip()


class Entry(NamedTuple):
    """An English text, unescaped, and its plural if it has one."""

    context: str | None
    text: str
    plural: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The text, and its plural if it has one."""
        return (self.text, self.plural) if self.plural else (self.text,)


def blocks(path: Path) -> Iterator[Block]:
    """Yield the entries of the file, the header among them; none if there is no such file."""
    if path.is_file():
        for raw in path.read_text("utf-8").split("\n\n"):
            if found := block(raw):
                yield found


def block(raw: str) -> Block | None:
    """Return the entry that stands between two empty lines, or nothing if it is none."""
    head, found, strings = raw.replace('"\n"', "").partition("\nmsgstr")
    start = head.find("\nmsg") + 1
    if not found or not (start or head.startswith("msg")):
        return None
    return Block(head[:start], head[start:], strings.rstrip("\n"))


def entry(block: Block) -> Entry | None:
    """Return the English text of the block (the header's is empty), or nothing if it is malformed."""
    named = _ID.fullmatch(block.key)
    if named is None:
        return None
    context, text, plural = named.groups()
    return Entry(None if context is None else _plain(context), _plain(text), _plain(plural or ""))


def forms(block: Block) -> tuple[str, ...]:
    """Return the forms of the translation, unescaped: one, or as many as there are plural forms."""
    return tuple(_plain(each) for each in _STRING.findall(block.strings))


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: _UNESCAPED.get(found[1], found[1]), text)


def plural_rule(header: str) -> Callable[[float | Decimal], int]:
    """Return which form a number takes after the header's Plural-Forms; the English rule if it has none."""
    found = _PLURAL.search(header)
    return cast("Callable[[float | Decimal], int]", gettext.c2py(found[1] if found else "n != 1"))
