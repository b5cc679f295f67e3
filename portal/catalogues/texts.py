"""A catalogue as gettext looks texts up in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.support import Translations

from portal.catalogues.reading import Entry, blocks, entry, forms, plural_rule

_WITH_CONTEXT = "\x04"


class Texts(Translations):
    """The translations in one `.po` file; what is missing or fuzzy is asked of the fallback."""

    def __init__(self, path: Path, domain: str) -> None:
        """Read `path`."""
        super().__init__(domain=domain)
        self._catalog: dict[str | tuple[str, int], str] = {}
        self.plural = plural_rule("")
        for block in blocks(path):
            english = entry(block)
            if english and not english.text:
                self.plural = plural_rule("".join(forms(block)))
            elif english and not block.fuzzy:
                self._take(english, forms(block))

    def _take(self, english: Entry, translated: Sequence[str]) -> None:
        if not translated or not all(translated):
            return
        key = english.text
        if english.context is not None:
            key = f"{english.context}{_WITH_CONTEXT}{key}"
        if english.plural:
            self._catalog.update({(key, place): form for place, form in enumerate(translated)})
        else:
            self._catalog[key] = translated[0]
