"""Translations of a buyer's own questionnaires: `.po` files that are uploaded, checked, and asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.catalogues.faults import fault
from portal.catalogues.reading import block, entry, forms
from portal.events.models import Actor
from portal.events.service import record
from portal.questionnaires.models import QuestionnaireTranslation
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import Message, Translate, messages

Texts = dict[tuple[str, str], str]
"""(context, English text) -> the text in one language; what is marked fuzzy is left out."""


class EntryFault(NamedTuple):
    """What is wrong with one entry of a `.po` file: its context, the English text, and why."""

    context: str
    text: str
    reason: str


class FaultyTranslation(Exception):
    """A `.po` file that cannot be used; `faults` holds everything found wrong in it."""

    def __init__(self, faults: Iterable[EntryFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{e.context}: “{e.text}”: {e.reason}" for e in self.faults))


def texts_of(po: str) -> Texts:
    """Return the translations that the text of a `.po` file holds; what is no entry is passed over."""
    found: Texts = {}
    for raw in po.replace("\r\n", "\n").split("\n\n"):
        part = block(raw.strip("\n"))
        english = entry(part) if part else None
        if part and english and english.text and not part.fuzzy:
            found[english.context or "", english.text] = forms(part)[0] if forms(part) else ""
    return found


def faults_of(texts: Texts, questionnaire: Questionnaire) -> Iterator[EntryFault]:
    """Yield every text that suppliers read and that is missing, or whose placeholders differ."""
    for message in messages(questionnaire, supplier_only=True):
        given = texts.get((message.context, message.text), "")
        reason = fault((message.text,), (given,) if given.strip() else (), 1)
        if reason:
            yield EntryFault(message.context, message.text, reason)


def keep_translation(
    session: Session, questionnaire: Questionnaire, locale: str, po: str, *, by: str, now: datetime
) -> None:
    """Keep the translations into `locale`; they replace earlier ones. Campaigns sent keep theirs.

    Raises:
        FaultyTranslation: an entry is missing or its placeholders differ.
    """
    if faults := list(faults_of(texts_of(po), questionnaire)):
        raise FaultyTranslation(faults)
    row = session.scalar(
        sa.select(QuestionnaireTranslation).where(
            QuestionnaireTranslation.questionnaire_id == questionnaire.id,
            QuestionnaireTranslation.locale == locale,
        )
    )
    if row is None:
        row = QuestionnaireTranslation(questionnaire_id=questionnaire.id, locale=locale)
        session.add(row)
    row.text, row.uploaded_at, row.uploaded_by = po, now, by
    record(
        session,
        at=now,
        actor_kind=Actor.BUYER,
        actor=by,
        action="questionnaire.translated",
        subject_kind="questionnaire",
        subject_id=questionnaire.id,
        details={"locale": locale, "version": questionnaire.version},
    )


def complete_texts(session: Session, questionnaire: Questionnaire) -> dict[str, Texts]:
    """Return the texts by locale, of those languages in which this very version is complete."""
    rows = session.scalars(
        sa.select(QuestionnaireTranslation).where(
            QuestionnaireTranslation.questionnaire_id == questionnaire.id
        )
    )
    read = {row.locale: texts_of(row.text) for row in rows}
    return {
        locale: texts
        for locale, texts in read.items()
        if next(faults_of(texts, questionnaire), None) is None
    }


def translators(
    session: Session,
    own: Collection[Questionnaire],
    locales: Iterable[str],
    shipped: Callable[[str], Translate],
) -> dict[str, Translate]:
    """Return, per locale, what translates the `own` questionnaires and everything `shipped`.

    An own questionnaire comes out in English where its translation is not complete.
    """
    contexts = {message.context for each in own for message in messages(each)}
    ready = [complete_texts(session, each) for each in own]
    found: dict[str, Translate] = {}
    for locale in locales:
        texts: Texts = {}
        for each in ready:
            texts |= each.get(locale, {})
        found[locale] = _translate(contexts, texts, shipped(locale))
    return found


def _translate(
    contexts: Collection[str], own: Mapping[tuple[str, str], str], shipped: Translate
) -> Translate:
    def translate(context: str, text: str) -> str:
        return own.get((context, text), text) if context in contexts else shipped(context, text)

    return translate


def template(questionnaire: Questionnaire) -> str:
    """Return the `.po` file in which a translator writes: every text that suppliers read, untranslated."""
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return "\n".join(
        [head, *(_entry(each) for each in messages(questionnaire, supplier_only=True))]
    )


def _entry(message: Message) -> str:
    return (
        f'#. {" ".join(message.note.split())}\nmsgctxt "{_quoted(message.context)}"\n'
        f'msgid "{_quoted(message.text)}"\nmsgstr ""\n'
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
