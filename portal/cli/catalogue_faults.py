"""What can be wrong with a translation that a machine sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.messages import Catalog
from babel.messages.catalog import Message

from portal.catalogues.faults import fault
from portal.cli.catalogue_labels import alike
from portal.cli.catalogue_wording import wording
from portal.cli.catalogues import Fault


def faults(domain: str, locale: str, texts: Catalog, known: Catalog) -> Iterator[Fault]:
    """Yield what is wrong in `known`, the catalogue of `locale`, against the `texts` of today."""
    for text in texts:
        if not text.id:
            continue
        translated = known.get(text.id, text.context)
        reason = _reason(text, translated, known.num_plurals, locale)
        if reason:
            yield Fault(domain, locale, _forms(text.id)[0], reason)
    if domain == "questionnaires":
        for label in alike(known):
            yield Fault(domain, locale, label, "another answer of the same question is called so")


def _reason(text: Message, translated: Message | None, plurals: int, locale: str) -> str | None:
    """Return why the translation should not be shown, or None."""
    english, forms = _forms(text.id), _forms(translated.string) if translated else []
    if translated is None or not any(forms):
        return "missing"
    if translated.fuzzy:
        return "to be looked at (fuzzy)"
    wrong = fault(english, forms, plurals if text.pluralizable else 1)
    return wrong or wording(locale, english, forms, text.auto_comments)


def _forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else [str(form) for form in text or ()]
