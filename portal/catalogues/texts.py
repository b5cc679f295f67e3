"""A catalogue as gettext looks texts up in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from babel.support import Translations

from portal.catalogues.reading import Entry, blocks, entry, forms, plural_rule

_WITH_CONTEXT = "\x04"
# What is filled in. An address stays bare: programs that make links of it would take the marks with it.
_FILLED_IN = re.compile(r"%\((?!url\))[a-z_0-9]+\)s")
# Unicode's first strong isolate and its end (UAX #9).
ISOLATED = "\u2068{}\u2069"


class Texts(Translations):
    """The translations in one `.po` file; what is missing or fuzzy is asked of the fallback.

    Written right to left, a text isolates what is filled in: a Latin name, a date or a number among
    its words would otherwise pull the words around it to the wrong side, on pages and in plain mails.
    """

    def __init__(self, path: Path, domain: str, *, right_to_left: bool = False) -> None:
        """Read `path`."""
        super().__init__(domain=domain)
        self._isolates = right_to_left
        self._catalog: dict[str | tuple[str, int], str] = {}
        self.plural = plural_rule("")
        for block in blocks(path):
            english = entry(block)
            if english and not english.text:
                self.plural = plural_rule("".join(forms(block)))
            elif english and not block.fuzzy:
                self._take(english, [self._isolated(form) for form in forms(block)])

    def _isolated(self, form: str) -> str:
        if not self._isolates:
            return form
        return _FILLED_IN.sub(lambda found: ISOLATED.format(found[0]), form)

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
