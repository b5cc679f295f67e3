"""How far each language is, domain by domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from babel.messages.plurals import get_plural

from portal.catalogues.complete import catalogue_file
from portal.catalogues.faults import fault
from portal.catalogues.reading import blocks, entry, forms
from portal.cli.catalogues import DOMAINS, locales

COUNTED = ("done", "fuzzy", "uncertain", "missing")


@dataclass
class Standing:
    """How many texts of a catalogue are done, to be looked at, marked uncertain, or missing.

    Uncertain texts are shown; those that are malformed count as missing, since they are not.
    """

    locale: str
    domain: str
    done: int = 0
    fuzzy: int = 0
    uncertain: int = 0
    missing: int = 0

    def as_row(self) -> dict[str, object]:
        """Return the numbers as an object for `--json`."""
        state = "incomplete" if self.fuzzy or self.missing else "complete"
        return {"id": f"{self.domain}/{self.locale}", "state": state, **asdict(self)}


def standings(folder: Path) -> Iterator[Standing]:
    """Yield where each promised language stands in each domain, against the templates in `folder`."""
    named = dict.fromkeys(locale for domain in DOMAINS for locale in locales(domain))
    for locale in named:
        for domain in DOMAINS:
            if locale in locales(domain):
                yield _standing(folder, domain, locale)


def _standing(folder: Path, domain: str, locale: str) -> Standing:
    standing = Standing(locale, domain)
    plurals = int(get_plural(locale).num_plurals)
    known = {block.key: block for block in blocks(catalogue_file(folder, domain, locale))}
    for block in blocks(folder / f"{domain}.pot"):
        english = entry(block)
        if english is None or not english.text:
            continue
        found = known.get(block.key)
        wanted = plurals if english.plural else 1
        if found is None or fault(english.forms, forms(found), wanted):
            standing.missing += 1
        elif found.fuzzy:
            standing.fuzzy += 1
        elif found.uncertain:
            standing.uncertain += 1
        else:
            standing.done += 1
    return standing
