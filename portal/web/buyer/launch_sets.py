"""What is asked how often: once of each supplier, or once for each agreement or material."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.campaigns.audience import Asked
from portal.campaigns.subjects_asked import asked_about, count_sets
from portal.questionnaires.answer_sets import About
from portal.questionnaires.schema import Questionnaire
from portal.suppliers.models import Supplier
from portal.web.buyer.offering import translators
from portal.web.buyer.supplier_words import reader_locale


@dataclass(frozen=True)
class AskedSets:
    """A questionnaire's title and, where agreements or materials count, how many sets it makes."""

    title: str
    sets: str = ""


@dataclass(frozen=True)
class SetsOfLaunch:
    """The questionnaires, and what each supplier that has any of it is asked about."""

    questionnaires: Sequence[AskedSets]
    about: Sequence[tuple[Supplier, Sequence[About]]]


def sets_of_launch(
    session: Session, asked: Collection[Asked], questionnaires: Sequence[Questionnaire]
) -> SetsOfLaunch:
    """Return how often each questionnaire would be asked of the suppliers `asked`."""
    locale = reader_locale()
    translate = translators([locale])[locale]
    ids = [one.supplier.id for one in asked]
    about = asked_about(session, ids, questionnaires)
    return SetsOfLaunch(
        [
            AskedSets(translate(each.id, each.title), _words(each, ids, about))
            for each in questionnaires
        ],
        [(one.supplier, about[one.supplier.id]) for one in asked if one.supplier.id in about],
    )


def _words(
    questionnaire: Questionnaire, ids: Sequence[int], about: Mapping[int, Sequence[About]]
) -> str:
    count = count_sets(questionnaire, ids, about)
    if questionnaire.scope == "agreement":
        sentence = ngettext(
            "%(num)d set of answers: one for each agreement, one where there is none",
            "%(num)d sets of answers: one for each agreement, one where there is none",
            count,
        )
    elif questionnaire.scope == "material":
        sentence = ngettext(
            "%(num)d set of answers: one for each material, one where there is none",
            "%(num)d sets of answers: one for each material, one where there is none",
            count,
        )
    else:
        return ""
    return str(sentence)
