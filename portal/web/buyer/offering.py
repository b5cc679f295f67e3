"""What the signed-in user's buyer can ask."""

from __future__ import annotations

from collections.abc import Iterable

from portal.catalogues.own import translators as own_translators
from portal.database import db_session
from portal.i18n import question_translator
from portal.questionnaires.loader import Library
from portal.questionnaires.publishing import buyers_library
from portal.questionnaires.texts import Translate
from portal.state import state


def offered() -> Library:
    """Return what is shipped and the latest of each questionnaire of the buyer's own."""
    return buyers_library(db_session(), state().library)


def translators(locales: Iterable[str]) -> dict[str, Translate]:
    """Return, per locale, what translates everything that is offered."""
    own = [each for each in offered() if each.id not in state().library]
    return own_translators(db_session(), own, locales, question_translator)
