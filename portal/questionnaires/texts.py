"""The texts of a questionnaire: which there are, and the questionnaire in another language.

Where texts stand is described once, in `TEXTS` and `PARTS`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple, TypeVar, cast

import rfc8785

from portal.questionnaires.catalogues import Area, AssuranceLevel, BandFrom, Norm
from portal.questionnaires.loader import Library
from portal.questionnaires.schema import (
    Column,
    CoSignature,
    Evidence,
    Option,
    Question,
    Questionnaire,
    Row,
    Rule,
    Section,
    Signature,
)
from portal.questionnaires.strict import Strict, tuples

Model = TypeVar("Model", bound=Strict)
Translate = Callable[[str, str], str]
"""(context, English text) -> the text in some language."""
FrozenTexts = dict[str, dict[str, dict[str, str]]]
"""Locale -> context -> English text -> translation."""

BUYER_ONLY = "Read by the buyer only"


class Message(NamedTuple):
    """A text to translate. `context` is the id of the question (section, questionnaire)."""

    context: str
    text: str
    note: str


# Field -> what it is, with {about} for the text it belongs to. The order is that of the screen.
TEXTS: dict[type[Strict], dict[str, str]] = {
    Questionnaire: {
        "title": "Title of a questionnaire",
        "intro": "Introduction to: {about}",
        "recommended_cadence": f"{BUYER_ONLY}: how often to ask",
        "privacy_notice": "Privacy notice of: {about}",
    },
    Signature: {
        "statement": "What the person who signs states",
        "also": "What the person who signs states besides",
        "confirmation": "What the person who answers confirms",
    },
    CoSignature: {"statement": "What the second person who signs states"},
    Section: {"title": "Title of a section", "intro": "Introduction to the section: {about}"},
    Question: {
        "text": "Question",
        "help": "Help with: {about}",
        "unit": "Unit of the answer to: {about}",
    },
    Option: {"label": "Answer to: {about}"},
    Row: {"label": "Row of the table: {about}"},
    Column: {"label": "Column of the table: {about}", "help": "Help in the table: {about}"},
    Evidence: {"text": "Document wanted with: {about}"},
    Rule: {
        "finding": f"{BUYER_ONLY}: finding after: {{about}}",
        "action": f"{BUYER_ONLY}: proposed action after: {{about}}",
    },
}
PARTS: dict[type[Strict], tuple[str, ...]] = {
    Questionnaire: ("signature", "sections"),
    Signature: ("co_signature",),
    Section: ("questions",),
    Question: ("options", "rows", "columns", "evidence", "risk"),
    Column: ("options",),
}
# Whose id is the context of the texts inside.
NAMED = (Questionnaire, Section, Question)


def messages(questionnaire: Questionnaire, *, supplier_only: bool = False) -> Iterator[Message]:
    """Yield every text to translate, in reading order.

    With `supplier_only` the findings and actions, which only a buyer reads, are left out.
    """
    found: list[Message] = []

    def collect(message: Message) -> str:
        found.append(message)
        return message.text

    _rewrite(questionnaire, "", "", collect)
    for message in dict.fromkeys(found):
        if not (supplier_only and message.note.startswith(BUYER_ONLY)):
            yield message


def localized(questionnaire: Questionnaire, translate: Translate) -> Questionnaire:
    """Return the questionnaire with every text replaced by its translation."""
    return _rewrite(questionnaire, "", "", lambda message: translate(message.context, message.text))


def _rewrite(model: Model, context: str, about: str, put: Callable[[Message], str]) -> Model:
    """Return a copy of `model` in which `put` has replaced every text."""
    kind = type(model)
    if isinstance(model, NAMED):
        context = model.id
        about = model.text if isinstance(model, Question) else model.title
    changes: dict[str, object] = {}
    for name, note in TEXTS.get(kind, {}).items():
        if text := cast("str", getattr(model, name)):
            changes[name] = put(Message(context, text, note.format(about=about)))
    for name in PARTS.get(kind, ()):
        part = getattr(model, name)
        if isinstance(part, Strict):
            changes[name] = _rewrite(part, context, about, put)
        elif isinstance(part, tuple):
            changes[name] = tuple(_rewrite(each, context, about, put) for each in part)
    return model.model_copy(update=changes)


def catalogue_messages(library: Library) -> Iterator[Message]:
    """Yield the texts of the shared catalogues: areas, bands, levels of assurance, norms."""
    scoring = library.scoring
    named: tuple[tuple[Iterable[Area | BandFrom | AssuranceLevel], str, str], ...] = (
        (scoring.areas, "area", "Name of a risk area"),
        (scoring.bands, "band", f"{BUYER_ONLY}: band of risk"),
        (scoring.assurance_levels, "assurance", f"{BUYER_ONLY}: how far a declaration is checked"),
    )
    for entries, kind, note in named:
        for entry in entries:
            yield Message(f"{kind}:{entry.id}", entry.label, note)
    for norm in library.norms.values():
        yield Message(norm_context(norm), norm.short, f"Short name of: {norm.title}")
    for check in library.checks:
        context = check_context(check.id)
        if check.ask:
            yield Message(context, check.ask, "Asked before signing: answers may not fit together")
        yield Message(context, check.text, f"{BUYER_ONLY}: answers may not fit together")
        if check.action:
            yield Message(context, check.action, f"{BUYER_ONLY}: proposed action")


def norm_context(norm: Norm) -> str:
    """Return the context under which the short name of a norm is translated."""
    return f"norm:{norm.id}"


def check_context(check_id: str) -> str:
    """Return the context under which the texts of a check across answers are translated."""
    return f"check:{check_id}"


def to_data(questionnaire: Questionnaire) -> dict[str, object]:
    """Return the questionnaire as data for JSON, without what is left at its default."""
    data = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return cast("dict[str, object]", data)


def from_data(data: Mapping[str, object]) -> Questionnaire:
    """Return the questionnaire that `to_data` was given (pydantic's ValidationError if none)."""
    return Questionnaire.model_validate(tuples(dict(data)))


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 (hex) of the definition in canonical JSON (RFC 8785)."""
    # Through JSON, so that 1.0 and 1 are the same however the questionnaire was made.
    return sha256(rfc8785.dumps(json.loads(json.dumps(to_data(questionnaire))))).hexdigest()


def frozen_texts(
    questionnaire: Questionnaire, translate_by_locale: Mapping[str, Translate]
) -> FrozenTexts:
    """Return every translation as of now, to be kept beside the frozen version."""
    found = list(messages(questionnaire))
    frozen: FrozenTexts = {}
    for locale, translate in translate_by_locale.items():
        contexts = frozen.setdefault(locale, {})
        for message in found:
            translation = translate(message.context, message.text)
            if translation != message.text:
                contexts.setdefault(message.context, {})[message.text] = translation
    return frozen


def frozen_translator(texts: FrozenTexts, locale: str) -> Translate:
    """Return the translation out of frozen texts; English where there is none."""
    contexts = texts.get(locale, {})
    return lambda context, text: contexts.get(context, {}).get(text, text)
