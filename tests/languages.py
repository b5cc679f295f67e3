"""Fourteen languages to test with: those translated, and the others in letters of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

from babel.messages.plurals import get_plural

from portal import i18n
from portal.catalogues.complete import catalogue_file, is_complete
from portal.catalogues.reading import Block, blocks, entry, forms
from portal.paths import resource_dir

FOURTEEN = (
    *("en", "nb", "sv", "da", "de", "fr", "nl", "cs", "pl", "es"),
    *("zh_Hans", "zh_Hant", "ko", "he"),
)
LETTERS = {"he": "אבגדהוזחטיכלמנסעפצקרשת", "zh_Hans": "请回答问题公司", "zh_Hant": "請回答問題公司"}
_KEPT = re.compile(r"(%\([a-z_0-9]+\)[sd]|\{[a-z_:0-9]+\}|<[^>]+>|%%|\W)")


@contextmanager
def fourteen_languages(folder: Path) -> Iterator[None]:
    """Offer every promised language within the block, from the catalogues that `fill` wrote."""
    with patch.object(i18n, "PROMISED_LOCALES", FOURTEEN), catalogues_in(folder):
        yield


@contextmanager
def catalogues_in(folder: Path) -> Iterator[None]:
    """Read catalogues from `folder` within the block."""
    _forget()
    with patch.object(i18n, "resource_dir", lambda _name: folder):
        yield
    _forget()


def _forget() -> None:
    for kept in (i18n.offered_locales, i18n.catalogue, i18n._spoken):
        kept.cache_clear()


def fill(folder: Path) -> None:
    """Write templates and complete catalogues of fourteen languages into `folder`.

    What is translated is taken as it is; the rest stands in letters of the language.
    """
    shipped = resource_dir("translations")
    for domain in ("supplier", "questionnaires", "buyer"):
        template = shipped / f"{domain}.pot"
        (folder / template.name).write_bytes(template.read_bytes())
        for locale in FOURTEEN[1:]:
            target = catalogue_file(folder, domain, locale)
            target.parent.mkdir(parents=True, exist_ok=True)
            if is_complete(shipped, domain, locale):
                target.write_bytes(catalogue_file(shipped, domain, locale).read_bytes())
            elif domain != "buyer":
                known = {each.key: each for each in blocks(catalogue_file(shipped, domain, locale))}
                target.write_text(catalogue(template, locale, known), "utf-8")


def catalogue(
    template: Path, locale: str, known: Mapping[str, Block] = MappingProxyType({})
) -> str:
    """Return the text of a complete catalogue, with the translations that are known."""
    plural = get_plural(locale)
    header = f'msgid ""\nmsgstr ""\n"Plural-Forms: {plural.plural_forms}\\n"\n'
    return "\n".join(
        [
            header,
            *(
                _translated(each, locale, plural.num_plurals, known.get(each.key))
                for each in _entries(template)
            ),
        ]
    )


def _entries(template: Path) -> list[Block]:
    return [each for each in blocks(template) if (found := entry(each)) and found.text]


def _translated(block: Block, locale: str, plurals: int, known: Block | None) -> str:
    english = entry(block)
    assert english
    if known and not known.fuzzy and all(forms(known)):
        return f"{known.comments}{known.key}\nmsgstr{known.strings}\n"
    written = in_letters_of(locale, english.forms[-1]).replace("\\", "\\\\")
    written = written.replace('"', '\\"').replace("\n", "\\n")
    names = [f"msgstr[{place}]" for place in range(plurals)] if english.plural else ["msgstr"]
    strings = "".join(f'{name} "{written}"\n' for name in names)
    return f"{block.comments}{block.key}\n{strings}"


def in_letters_of(locale: str, text: str) -> str:
    """Return `text` word by word in other letters; placeholders and markup stay."""
    letters = LETTERS.get(locale, "aeiounrstl")
    return "".join(
        piece
        if _KEPT.fullmatch(piece)
        else "".join(letters[ord(each) % len(letters)] for each in piece)
        for piece in _KEPT.split(text)
    )
