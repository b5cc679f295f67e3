"""The mail of a campaign before it is launched, in each language it would go out in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.buyers.models import Buyer
from portal.campaigns.audience import Asked
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.campaigns.subjects_asked import asked_about
from portal.i18n import language_name
from portal.mail.letters import Letter, compose, speaking_to
from portal.mail.shown import general_values
from portal.questionnaires.answer_sets import abouts, sets
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import localized
from portal.ratings.contexts import contexts_in_force
from portal.state import state
from portal.suppliers.languages import mail_locale
from portal.web.buyer.offering import translators

# Stands in for the personal link, which there is none of yet.
_NO_LINK = "https://link.invalid/"


@dataclass(frozen=True)
class Preview:
    """The mail in one language, as the first supplier who reads that language would get it."""

    locale: str
    language: str
    readers: int
    letter: Letter


def previews(
    session: Session,
    buyer: Buyer,
    asked: Sequence[Asked],
    questionnaires: Sequence[Questionnaire],
    *,
    title: str,
    purpose: str,
    deadline: date,
    now: datetime,
) -> list[Preview]:
    """Return the mail in every language the contacts read, the most read first; nothing is kept."""
    campaign = Campaign(
        title=title, purpose=purpose, deadline=deadline, zone=buyer.zone, launched_at=now
    )
    by_locale: dict[str, list[Asked]] = {}
    for one in asked:
        by_locale.setdefault(mail_locale(one.contact), []).append(one)
    found = []
    with session.no_autoflush:
        for locale, readers in sorted(by_locale.items(), key=lambda each: -len(each[1])):
            invitation = _unsent(session, campaign, readers[0], questionnaires)
            letter, spoken = _letter(buyer, invitation, questionnaires, locale, now)
            name = language_name(spoken)
            found.append(Preview(spoken, name[:1].upper() + name[1:], len(readers), letter))
    return found


def _unsent(
    session: Session, campaign: Campaign, one: Asked, questionnaires: Sequence[Questionnaire]
) -> Invitation:
    context = contexts_in_force(session)([one.supplier])[one.supplier.id]
    about = asked_about(session, [one.supplier.id], questionnaires)
    return Invitation(
        campaign=campaign,
        supplier=one.supplier,
        contact=one.contact,
        locale=mail_locale(one.contact),
        state=InvitationState.QUEUED,
        context=context,
        about=[each.facts() for each in about.get(one.supplier.id, ())],
    )


def _sets(questionnaires: Sequence[Questionnaire], invitation: Invitation) -> list[Questionnaire]:
    about = abouts(invitation.about)
    return [each for one in questionnaires for each in sets(one, about)]


def _letter(
    buyer: Buyer,
    invitation: Invitation,
    questionnaires: Sequence[Questionnaire],
    locale: str,
    now: datetime,
) -> tuple[Letter, str]:
    with speaking_to("supplier", locale) as spoken:
        translate = translators([spoken])[spoken]
        values = general_values(
            buyer,
            invitation,
            _sets([localized(each, translate) for each in questionnaires], invitation),
            "invitation",
            now=now,
            short_form=state().library.scoring.short_form,
        )
        return compose("invitation", values, _NO_LINK), spoken
