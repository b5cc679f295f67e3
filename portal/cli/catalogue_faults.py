"""What can be wrong with a translation that a machine sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages import Catalog
from babel.messages.catalog import Message

from portal.cli.catalogues import Fault

PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|\{[a-z_:0-9]+\}")
MARKUP = re.compile(r"</?[a-z][^>]*>")


def faults(domain: str, locale: str, texts: Catalog, known: Catalog) -> Iterator[Fault]:
    """Yield what is wrong in `known`, the catalogue of `locale`, against the `texts` of today."""
    for text in texts:
        if not text.id:
            continue
        translated = known.get(text.id, text.context)
        reason = _reason(text, translated)
        if reason:
            yield Fault(domain, locale, _first(text.id), reason)


def _reason(text: Message, translated: Message | None) -> str | None:
    """Return why the translation cannot be shown, or None."""
    if translated is None or not _forms(translated.string):
        return "missing"
    if translated.fuzzy:
        return "to be looked at (fuzzy)"
    if not all(_forms(translated.string)):
        return "a plural form is missing"
    wanted = set(PLACEHOLDER.findall("".join(_forms(text.id))))
    for form in _forms(translated.string):
        given = set(PLACEHOLDER.findall(form))
        if not given <= wanted or (not text.pluralizable and given != wanted):
            return f"placeholders differ ({', '.join(sorted(given ^ wanted))})"
        if len(MARKUP.findall(form)) != len(MARKUP.findall(_first(text.id))):
            return "markup differs"
    return None


def _forms(text: object) -> list[str]:
    if isinstance(text, str):
        return [text] if text else []
    return [str(form) for form in text] if isinstance(text, (tuple, list)) and any(text) else []


def _first(text: object) -> str:
    return (_forms(text) or [""])[0]
