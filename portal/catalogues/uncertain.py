"""Texts that a translator was not sure of, with the reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from portal.catalogues.complete import catalogue_file
from portal.catalogues.reading import blocks, entry, forms


class Uncertain(NamedTuple):
    """One text that is shown although somebody should look at it."""

    locale: str
    context: str
    text: str
    translation: str
    reason: str


@cache
def uncertain(folder: Path, domain: str, locale: str) -> tuple[Uncertain, ...]:
    """Return the texts of the catalogue that are marked `# uncertain: reason`, in its order."""
    found = []
    for block in blocks(catalogue_file(folder, domain, locale)):
        english = entry(block) if block.uncertain else None
        if english and english.text:
            shown = " / ".join(forms(block))
            found.append(
                Uncertain(locale, english.context or "", english.text, shown, block.uncertain)
            )
    return tuple(found)
