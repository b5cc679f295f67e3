"""What every language costs a start: whether it is complete, and the reading of the first one spoken.

The catalogues are as large as they may become: 13 translations of 1,800 texts in each of two domains,
made out of the shipped Norwegian ones.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from babel.messages.pofile import read_po

from bench.measured import Measured
from portal.catalogues import complete
from portal.catalogues.complete import catalogue_file, is_complete
from portal.catalogues.texts import Texts
from portal.paths import resource_dir

# Norwegian and the twelve others; all have its plural forms here, since they are its texts.
LOCALES = ("nb", "sv", "da", "de", "fr", "nl", "es", "he", "it", "pt", "fi", "el", "bg")
DOMAINS = ("supplier", "questionnaires")
TEXTS = 1800


def measure(rounds: int) -> list[Measured]:
    """Return how often a second a start's reading could be done, beside Babel reading the same."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for domain in DOMAINS:
            _write(folder, domain)
        start = [_rate(lambda: _start(folder)) for _ in range(rounds)]
        babel = _rate(lambda: _with_babel(folder))
    return [Measured("every language at start", "starts", start, [babel], None)]


def _start(folder: Path) -> None:
    """Do what a process does before its first page in Norwegian."""
    complete._wanted.cache_clear()
    for locale in LOCALES:
        if not all(is_complete(folder, domain, locale) for domain in DOMAINS):
            raise RuntimeError(f"The catalogues made for {locale} are not complete.")
    for domain in DOMAINS:
        Texts(catalogue_file(folder, domain, "nb"), domain)


def _with_babel(folder: Path) -> None:
    for locale in LOCALES:
        for domain in DOMAINS:
            with catalogue_file(folder, domain, locale).open("rb") as file:
                read_po(file, locale=locale)


def _rate(work: Callable[[], None]) -> float:
    before = perf_counter()
    work()
    return 1 / (perf_counter() - before)


def _write(folder: Path, domain: str) -> None:
    """Write template and catalogues of `domain` with `TEXTS` texts each."""
    shipped = resource_dir("translations")
    template = (shipped / f"{domain}.pot").read_text("utf-8")
    norwegian = catalogue_file(shipped, domain, "nb").read_text("utf-8")
    (folder / f"{domain}.pot").write_text(_grown(template), "utf-8")
    for locale in LOCALES:
        path = catalogue_file(folder, domain, locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_grown(norwegian), "utf-8")


def _grown(catalogue: str) -> str:
    """Return the catalogue with its entries again under other contexts, until there are `TEXTS`."""
    header, *entries = catalogue.strip().split("\n\n")
    grown = [
        re.sub(r'(?m)^(?:msgctxt ".*"\n)?(?=msgid ")', f'msgctxt "{number}"\n', each, count=1)
        for number, each in enumerate((entries * (TEXTS // len(entries) + 1))[:TEXTS])
    ]
    return "\n\n".join([header, *grown]) + "\n"
