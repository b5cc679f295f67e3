"""English left in a translation, and words and labels too long for the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from portal.paths import resource_dir

# A text that is the same in English and has more words than this is not translated.
SAME_WORDS = 2
# Letters of the longest word that cannot be broken: what fits a phone of 320 pixels.
LONGEST = {"label": 30, "text": 36}
# How much longer than the English, and how many letters more a short text may have.
LONGER = 2.5
MORE = {"label": 50, "text": 60}

# Words that say a sentence is English; none of them is a word of a language we offer.
_ENGLISH = re.compile(
    r"(?i)the|and|your?|with|this|these|those|that|which|their|they|there|where|what|should|would|"
    r"could|been|because|please|answers?|workers|suppliers?|company|does|about|whether|through|"
    r"between|without|other|every"
)
_OWN_LETTERS = ("zh", "ko", "he")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z][a-z]{2,}")
_NOT_WORDS = re.compile(r"%\([a-z_0-9]+\)[sd]|\{[^{}]*\}|<[^>]*>|\S+@\S+|https?://\S+|\S*\.\w+/\S*")
# Where a line may be broken: spaces, hyphens and slashes, and between signs of Chinese and Korean.
_BREAKS = re.compile(
    r"[\s\-–—/\u00ad\u200b]|[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]"
)
_NAMES = ("Short name of",)
_LABELS = ("Title of", "Answer to", "Row of", "Column of")


def wording(
    locale: str, english: Sequence[str], forms: Sequence[str], notes: Sequence[str]
) -> str | None:
    """Return what of the English is left in `forms`, or what is too long for the page; None if nothing."""
    is_name = any(note.startswith(_NAMES) for note in notes)
    for form in forms:
        if form != form.strip() and english[0] == english[0].strip():
            return "a space or line at an end"
        if "\n" in form and "\n" not in english[0]:
            return "a line break was added"
        if is_name:  # of a law or a standard, as it is called where it is in force
            continue
        if left := _left_english(locale, english, form):
            return f"English is left in it ({left})"
        if reason := _too_long(english, form, notes):
            return reason
    return None


def _left_english(locale: str, english: Sequence[str], form: str) -> str:
    """Return the English that is left, in short; empty if there is none."""
    said = _without_loans(locale, form)
    words = _WORD.findall(said)
    if form in english and len(words) > SAME_WORDS:
        return "the same text"
    source = {word.casefold() for text in english for word in _WORD.findall(text)}
    if locale.startswith(_OWN_LETTERS):
        left = [word for word in _LATIN.findall(said) if word.casefold() in source]
    else:
        left = [word for word in words if _ENGLISH.fullmatch(word) and word.casefold() in source]
    return ", ".join(left)


def _too_long(english: Sequence[str], form: str, notes: Sequence[str]) -> str:
    said = _NOT_WORDS.sub(" ", form)
    kind = "label" if any(note.startswith(_LABELS) for note in notes) else "text"
    longest = max(_BREAKS.split(said), key=len)
    if len(longest) > max(LONGEST[kind], *(_longest_word(text) for text in english)):
        return f"the word '{longest}' does not fit a narrow page"
    letters = max(map(len, english))
    most = max(letters * LONGER, letters + MORE[kind])
    if len(form) > most:
        return f"longer than the page holds ({len(form)} letters, at most {most:.0f})"
    return ""


def _longest_word(text: str) -> int:
    return max(map(len, _BREAKS.split(_NOT_WORDS.sub(" ", text))))


def _without_loans(locale: str, text: str) -> str:
    """Return `text` without placeholders, addresses and the words that may stay English."""
    said = _NOT_WORDS.sub(" ", text)
    loans = _loans("*") + _loans(locale)
    return re.sub("|".join(loans), " ", said, flags=re.IGNORECASE) if loans else said


@cache
def _loans(locale: str) -> list[str]:
    """Return the patterns of what may stay English in `locale` (`*`: in all), the longest first."""
    path = resource_dir("translations") / "loan_words.txt"
    lines = [line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines()]
    named = (line.partition(": ") for line in lines if line)
    found = [words.strip() for code, _, words in named if locale in code.split()]
    return [rf"(?<!\w){re.escape(each)}(?!\w)" for each in sorted(found, key=len, reverse=True)]
