"""The part of a supplier's page about its screening: where it stands, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from portal.i18n import question_translator
from portal.questionnaires.readable import readable
from portal.questionnaires.schema import Questionnaire
from portal.screening.routing import Proposal, route
from portal.screening.service import Screened, latest_screening
from portal.suppliers.countries import country_name
from portal.suppliers.models import Supplier
from portal.web.buyer.condition_words import ANSWERS
from portal.web.buyer.offering import offered
from portal.web.buyer.supplier_words import STAGES, reader_locale

LEVELS = {
    "done": lazy_gettext("The answers show little risk: nothing more needs to be sent."),
    "send_modules": lazy_gettext("The answers call for more questions."),
    "talk_first": lazy_gettext("Talk with the supplier before you go on."),
}


def screening(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return stage, answers and proposals for `parts/screening.html`."""
    values: dict[str, object] = {"stages": STAGES, "supplier": supplier, "screened": None}
    found = latest_screening(session, supplier)
    if found is None:
        return values
    locale = reader_locale()
    content = found.questionnaire(locale)
    library = offered()
    way = route(content, found.answers, found.context, [each.id for each in library])
    translate = question_translator(locale)
    return values | {
        "screened": found,
        "level": LEVELS[way.level],
        "answers": list(_answers(content, found)),
        "proposals": [
            (
                each.questionnaire_id,
                translate(each.questionnaire_id, library[each.questionnaire_id].title),
                _reasons(each, content, found),
            )
            for each in way.proposals
        ],
    }


def _reasons(proposal: Proposal, content: Questionnaire, found: Screened) -> list[str]:
    """Return why a questionnaire is proposed: the question, and what was answered."""
    said = {
        question_id: f"{text} – {answer}" for question_id, text, answer in _answers(content, found)
    }
    if not proposal.because_of:
        return [gettext("The inherent risk of country and industry is high.")]
    return [said[each] for each in proposal.because_of]


def _answers(content: Questionnaire, found: Screened) -> list[tuple[str, str, str]]:
    """Return id, text and answer in words of every question that was answered."""
    labels = {name: str(label) for name, label in ANSWERS.items()}
    given = []
    for question in content.questions():
        lines = readable(
            question,
            found.answers.get(question.id),
            lambda code: country_name(code, reader_locale()),
            labels,
        )
        if comment := found.answers.get(f"{question.id}.comment"):
            lines = [*lines, str(comment)]
        if lines:
            given.append((question.id, question.text, "; ".join(lines)))
    return given
