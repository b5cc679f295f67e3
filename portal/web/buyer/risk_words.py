"""The words of a supplier's risk page: causes of a change, values of an answer, refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import flask_babel
from flask_babel import gettext, lazy_gettext, ngettext
from sqlalchemy.orm import Session

from portal.ratings.causes import Cause, causes
from portal.ratings.declared import asked_in, in_force
from portal.ratings.models import RatingRecord
from portal.ratings.settings import Value
from portal.suppliers.countries import country_name
from portal.suppliers.models import Supplier
from portal.web.buyer import rating_words
from portal.web.buyer.rating_words import decimal, flag_name
from portal.web.buyer.supplier_words import category_name

# What an answer can be worth, best first; also what the page lets one suppose.
VALUES = {
    Value.VERIFIED: lazy_gettext("Checked by you"),
    Value.EVIDENCED: lazy_gettext("Yes, with a document"),
    Value.DECLARED: lazy_gettext("Yes"),
    Value.PARTIAL: lazy_gettext("Partly or planned"),
    Value.NO: lazy_gettext("No"),
    Value.UNKNOWN: lazy_gettext("Not known"),
}
_FACTS = {
    "country": lazy_gettext("country"),
    "production_countries": lazy_gettext("production countries"),
    "category": lazy_gettext("category"),
    "stage": lazy_gettext("stage"),
    "criticality": lazy_gettext("criticality"),
}
_STATES = {
    "not_invited": lazy_gettext("not asked"),
    "open": lazy_gettext("asked, not answered yet"),
    "declared": lazy_gettext("answered"),
    "overdue": lazy_gettext("not answered in time"),
    "declined": lazy_gettext("declined"),
}
_FIGURES = {
    "ituc": "ITUC",
    "freedom": "Freedom House",
    "trade_unions": "Freedom House E3",
    "voice": "WGI",
    "law": "WGI",
    "corruption": "CPI",
    "wjp_law": "WJP",
    "wjp_labour": "WJP 4.8",
    "ilo_unions": "ILO C87, C98",
    "cahra": "CAHRA",
}
# By the codes of `portal.ratings.causes`; an answer is told apart.
_CAUSES = {
    "fact": lazy_gettext("The %(about)s changed: %(before)s → %(after)s."),
    "state": lazy_gettext("State: %(before)s → %(after)s."),
    "origin": lazy_gettext("The supplier has now been asked where its goods are made."),
    "flag_set": lazy_gettext("Red flag set: %(about)s."),
    "flag_cleared": lazy_gettext("Red flag cleared: %(about)s."),
    "figure": lazy_gettext("%(about)s, %(source)s: %(before)s → %(after)s."),
    "publication": lazy_gettext("Figures of %(about)s, edition %(after)s, were loaded."),
    "settings": lazy_gettext("Settings %(before)s → %(after)s."),
    "setting": lazy_gettext("%(about)s: %(before)s → %(after)s."),
    "time": lazy_gettext("Time has passed: answers age and documents expire."),
}
# What the rooms refuse, named here so that it is translated.
_REFUSALS = (
    lazy_gettext("There is no such red flag."),
    lazy_gettext("A red flag needs a source and a reason."),
    lazy_gettext("Clearing a red flag needs a reason."),
    lazy_gettext("The red flag is cleared already."),
    lazy_gettext("The supplier is not rated yet."),
    lazy_gettext("A score is a number from 0 to 100."),
    lazy_gettext("Another score needs a reason."),
    lazy_gettext("A lower score needs a day on which it ends."),
    lazy_gettext("This score does not wait for anybody."),
    lazy_gettext("A lower score needs a second person, not the one who set it."),
)


@dataclass(frozen=True)
class ToldRating:
    """One row of the history with the sentences that say why it differs from the one before."""

    row: RatingRecord
    trigger: str
    residual: str
    causes: tuple[str, ...]


def told(rows: Sequence[RatingRecord]) -> list[ToldRating]:
    """Return the rows (newest first) with their causes; the oldest has none."""
    earlier = [*rows[1:], None][: len(rows)]
    return [
        ToldRating(
            row=row,
            trigger=str(rating_words.TRIGGERS[row.trigger]),
            residual=decimal(row.residual),
            causes=tuple(_sentences(causes(before.inputs, row.inputs))) if before else (),
        )
        for row, before in zip(rows, earlier, strict=True)
    ]


def questions(session: Session, supplier: Supplier) -> Mapping[str, str]:
    """Return the text of every question the supplier was asked, by id, in the reader's language."""
    locale = str(flask_babel.get_locale())
    texts: dict[str, str] = {}
    for declared in reversed(in_force(session, [supplier.id])[supplier.id]):
        for questionnaire in asked_in(session, declared.declaration.invitation.campaign_id, locale):
            texts |= {
                question.id: question.text
                for section in questionnaire.sections
                for question in section.questions
            }
    return texts


def refusal(error: Exception) -> str:
    """Return what a room refused, in the reader's language."""
    return str(gettext(str(error)))


def _sentences(found: Sequence[Cause]) -> list[str]:
    answers = [one for one in found if one.code == "answer"]
    said = [sentence for one in found if (sentence := _sentence(one))]
    if answers:
        said.append(
            str(
                ngettext(
                    "One answer is worth something else now.",
                    "%(num)s answers are worth something else now.",
                    len(answers),
                )
            )
        )
    return said


def _sentence(cause: Cause) -> str:
    template = _CAUSES.get(cause.code)
    if template is None:
        return ""
    return str(template) % {
        "about": _about(cause),
        "source": _FIGURES.get(cause.source, cause.source.replace("_", " ")),
        "before": _said(cause, cause.before),
        "after": _said(cause, cause.after),
    }


def _about(cause: Cause) -> str:
    match cause.code:
        case "fact":
            return str(_FACTS[cause.about])
        case "flag_set" | "flag_cleared":
            return flag_name(cause.about)
        case "figure":
            return country_name(cause.about, str(flask_babel.get_locale()))
    return cause.about.replace("_", " ")


def _said(cause: Cause, value: object) -> str:
    """Return a value of `cause` as the page writes it."""
    locale = str(flask_babel.get_locale())
    if cause.code == "state":
        return str(_STATES[str(value)])
    if cause.about == "country" and value:
        return country_name(str(value), locale)
    if cause.about == "production_countries" and isinstance(value, list) and value:
        return ", ".join(country_name(str(code), locale) for code in value)
    if cause.about == "category" and value:
        return str(category_name(str(value)))
    if value is None or value == []:
        return "–"
    return decimal(value) if isinstance(value, float) and value != int(value) else str(value)
