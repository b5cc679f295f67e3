"""What can be wrong with a translation so that it must not be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|\{[a-z_:0-9]+\}")
MARKUP = re.compile(r"</?[a-z][^>]*>")
_BARE_PERCENT = re.compile(r"%(?!\(|%)")


def fault(english: Sequence[str], forms: Sequence[str], wanted_forms: int) -> str | None:
    """Return why a translation cannot be shown, or None.

    `english` is the text, and its plural if it has one; `wanted_forms` how many the translation has.
    """
    if not any(forms):
        return "missing"
    if not all(forms) or len(forms) != wanted_forms:
        return "a plural form is missing"
    if not any(mark in "".join((*english, *forms)) for mark in "%{<"):
        return None
    return _marks(english, forms)


def _marks(english: Sequence[str], forms: Sequence[str]) -> str | None:
    """Return what differs in placeholders and markup; a plural form may leave its number out."""
    wanted = set(PLACEHOLDER.findall("".join(english)))
    fills_in = any(each.startswith("%") for each in wanted)
    for form in forms:
        given = set(PLACEHOLDER.findall(form))
        if not given <= wanted or (len(english) == 1 and given != wanted):
            return f"placeholders differ ({', '.join(sorted(given ^ wanted))})"
        if len(MARKUP.findall(form)) != len(MARKUP.findall(english[0])):
            return "markup differs"
        if fills_in and _BARE_PERCENT.search(form.replace("%%", "")):
            return "a percent sign beside placeholders is written %%"
    return None
