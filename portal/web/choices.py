"""The options of a select field."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from portal.i18n import offered_locales, own_name


def as_choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Return (value, label) pairs as the options of a select field."""
    return [SelectChoice(value, label) for value, label in pairs]


def offered_languages() -> list[SelectChoice]:
    """Return the languages suppliers are served in, by their own names."""
    return as_choices((locale, own_name(locale)) for locale in offered_locales())
