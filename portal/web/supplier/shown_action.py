"""A corrective action for its supplier: in the supplier's language, without what is the buyer's own."""

from __future__ import annotations

from dataclasses import dataclass

import flask_babel
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.followup.action_models import ActionStep, CorrectiveAction, StepKind
from portal.followup.action_queries import files_of, steps_of
from portal.followup.proposals import waiting
from portal.ratings.declared import read
from portal.ratings.wording import Words
from portal.suppliers.countries import country_name
from portal.web.finding_texts import texts
from portal.web.supplier.action_words import ToldStep, told


@dataclass(frozen=True)
class ShownAction:
    """What was found, what should be done, what has happened, and a proposal without an answer."""

    row: CorrectiveAction
    text: str
    measure: str
    steps: list[ToldStep]
    waiting: ActionStep | None


def shown_action(session: Session, action: CorrectiveAction) -> ShownAction:
    """Return `action` as its supplier sees it, from the day it was shared."""
    text, drafted = in_readers_language(session, action)
    steps, files = steps_of(session, action), files_of(session, action)
    first = next((n for n, step in enumerate(steps) if step.kind is StepKind.SHARED), len(steps))
    return ShownAction(
        row=action,
        text=text,
        measure=drafted if action.as_drafted else action.measure,
        steps=[told(step, files.get(step.id, ())) for step in steps[first + 1 :]],
        waiting=waiting(steps),
    )


def in_readers_language(session: Session, action: CorrectiveAction) -> tuple[str, str]:
    """Return what was found and the drafted measure in the language that is spoken."""
    locale, finding = str(flask_babel.get_locale()), action.finding
    declared = None
    if finding.declaration_id is not None:
        declared = read(session, session.get_one(Declaration, finding.declaration_id), locale)
    return texts(finding, declared, _words(locale), locale)


def _words(locale: str) -> Words:
    return Words(
        country_name=lambda code: country_name(code, locale),
        labels={
            "yes": gettext("Yes"),
            "no": gettext("No"),
            "na": gettext("Not relevant"),
            "unknown": gettext("Not known"),
        },
        not_known=gettext("Your company does not know: {question}"),
        ask_again=gettext("Please find out, and tell us by when."),
    )
