"""What a mail about an invitation shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import flask_babel
from babel import dates
from sqlalchemy.orm import Session

from portal.buyers.models import Buyer
from portal.campaigns.deadlines import OPEN_STATES, deadline_day, overdue
from portal.campaigns.delivery import FOR_SIGNER
from portal.campaigns.links import Purpose
from portal.campaigns.models import Invitation
from portal.declarations.models import Declaration
from portal.declarations.queries import latest
from portal.declarations.service import today_at
from portal.declarations.survey import Survey, asked_of, context_of, open_survey
from portal.i18n import SOURCE_LOCALE
from portal.mail.wording import day_words, deadline_words, moment_words
from portal.outbox.models import Message
from portal.questionnaires.conditions import Condition
from portal.questionnaires.estimate import estimate
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.validity import valid_until
from portal.questionnaires.validity_kept import chosen_months
from portal.ratings.advice import advised
from portal.store import JsonObject

Values = dict[str, object]


def purpose_of(message: Message, invitation: Invitation) -> Purpose:
    """Return what the link in `message` is for: who only signs gets a link that only signs."""
    is_signer = message.recipient in {invitation.signer_email} - {invitation.contact.email}
    return Purpose.SIGN if message.template in FOR_SIGNER or is_signer else Purpose.ANSWER


def values_for(
    session: Session, message: Message, invitation: Invitation, short_form: Condition, now: datetime
) -> Values:
    """Return what the template of `message` shows, in the language that is spoken."""
    buyer = session.get_one(Buyer, invitation.buyer_id)
    locale = str(flask_babel.get_locale())
    asked = [each for _, each in asked_of(session, invitation, locale)]
    values = general_values(
        buyer, invitation, asked, message.template, now=now, short_form=short_form
    )
    if message.template in _OF_ANSWERS:
        survey = open_survey(
            session,
            invitation,
            locale=locale,
            short_form=short_form,
            today=today_at(invitation, now),
        )
        values |= _of_answers(session, survey, now)
    return {**message.context, **values}


# The mails that speak of what was answered; the others need not look.
_OF_ANSWERS = frozenset({"receipt", "reminder_started"})


def _of_answers(session: Session, survey: Survey, now: datetime) -> JsonObject:
    invitation = survey.invitation
    declaration = latest(session, invitation)
    if declaration is None:
        return _left(survey)
    advice = survey.texts(advised(session, declaration, now))
    zone = invitation.campaign.zone
    signed = declaration.signed_at.astimezone(ZoneInfo(zone)).date()
    until = valid_until(signed, survey.questionnaires, chosen_months(session))
    return {
        **_left(survey),
        **_of_declaration(declaration, zone),
        "valid_text": day_words(until),
        "advice": advice,
    }


def general_values(
    buyer: Buyer,
    invitation: Invitation,
    questionnaires: Sequence[Questionnaire],
    template: str,
    *,
    short_form: Condition,
    now: datetime,
) -> Values:
    """Return what every mail about `invitation` shows; it need not be stored yet, for a preview."""
    day = deadline_day(invitation)
    context = context_of(invitation, {}, short_form, now.date())
    return {
        "buyer": buyer,
        "supplier": invitation.supplier,
        "campaign": invitation.campaign,
        "titles": [each.title for each in questionnaires],
        "minutes": estimate(questionnaires, context).minutes,
        "day_text": day_words(day),
        "deadline_text": deadline_words(day, invitation.campaign.zone),
        "open": invitation.state in OPEN_STATES,
        "started": invitation.started_at is not None,
        "overdue": overdue(invitation, now),
        "for_signer": template in FOR_SIGNER,
        "in_english": _in_english(buyer, invitation, template),
    }


def _in_english(buyer: Buyer, invitation: Invitation, template: str) -> str:
    """Return one English sentence to check against; none where the mail is English anyway."""
    if str(flask_babel.get_locale()) == SOURCE_LOCALE:
        return ""
    supplier = invitation.supplier.name
    if template == "receipt":
        return f"{buyer.name} has received the declaration of {supplier}."
    if template in FOR_SIGNER:
        return f"{buyer.name} asks you to sign the declaration of {supplier}."
    day = dates.format_date(deadline_day(invitation), "d MMMM y", SOURCE_LOCALE)
    return f"{buyer.name} asks {supplier} for a supplier declaration by {day}."


def _left(survey: Survey) -> JsonObject:
    sections = [place.section.title for place in survey.places if survey.lacking(place.section)]
    return {"questions_left": len(survey.missing), "sections_left": sections}


def _of_declaration(declaration: Declaration, zone: str) -> JsonObject:
    return {
        "declaration": declaration,
        "signed_text": moment_words(declaration.signed_at, zone),
    }
