"""The page that a link opens. Looking at it changes nothing; a person's press on a button starts the work."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.campaigns.correction import awaits_new_signature
from portal.campaigns.links import Claim, Purpose
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.declarations import answering
from portal.declarations.queries import latest
from portal.declarations.returning import Returned, asked_back
from portal.declarations.service import today_at
from portal.declarations.standing import NotOpen, Standing, standing
from portal.declarations.survey import Survey, open_survey
from portal.i18n import offered_locales
from portal.questionnaires.completeness import is_extra
from portal.questionnaires.estimate import estimate
from portal.state import state
from portal.web.clock import now
from portal.web.supplier import grants
from portal.web.supplier.letterhead import deadline_text, letterhead
from portal.web.supplier.shell import ip_address, locale_for, opened_by

pages = Blueprint("cover", __name__, url_prefix="/i/<token>")


@pages.get("")
def cover(token: str) -> ResponseReturnValue:
    """Show who asks for what; nothing is written and no grant given."""
    claim, invitation = opened_by(token)
    found = _not_gone(invitation, claim)
    survey = _survey(claim, invitation)
    return render_template(
        "supplier/cover.html",
        token=token,
        standing=found.value,
        signing=claim.purpose is Purpose.SIGN,
        invitation=invitation,
        survey=survey,
        estimate=estimate(survey.questionnaires, survey.context, survey.answers),
        begun=bool(survey.answers),
        deadline=deadline_text(invitation),
        declaration=latest(db_session(), invitation) if found is Standing.ANSWERED else None,
        returned=_returned(claim, invitation),
        **_head(token, invitation),
    )


@pages.get("/questions")
def questions(token: str) -> ResponseReturnValue:
    """Show every question that may be asked, to read or print beforehand."""
    claim, invitation = opened_by(token)
    _not_gone(invitation, claim)
    survey = _survey(claim, invitation)
    return render_template(
        "supplier/questions.html",
        survey=survey,
        is_extra=is_extra,
        back_url=url_for(".cover", token=token),
        **_head(token, invitation),
    )


@pages.post("/start")
def start(token: str) -> ResponseReturnValue:
    """Let this browser in, and lead it to the survey, its receipt, or the page for declining."""
    claim, invitation = opened_by(token)
    found = _not_gone(invitation, claim)
    grants.give(claim)
    public_id = invitation.public_id
    if found is Standing.ANSWERED and _returned(claim, invitation):
        declaration = latest(db_session(), invitation)
        grants.begin_correction(public_id, declaration.public_id if declaration else "")
        return redirect(url_for("hub.hub", public_id=public_id))
    if found is Standing.ANSWERED:
        return redirect(url_for("receipt.receipt", public_id=public_id))
    if claim.purpose is Purpose.SIGN:
        return redirect(url_for("review.review", public_id=public_id))
    if request.form.get("next") == "decline":
        return redirect(url_for("leaving.leave", public_id=public_id))
    choose_language(invitation, locale_for(invitation, signing=False), claim.purpose)
    answering.start(db_session(), invitation, now(), ip_address())
    db_session().commit()
    return redirect(url_for("hub.hub", public_id=public_id))


@pages.post("/language")
def language(token: str) -> ResponseReturnValue:
    """Speak another language from now on."""
    claim, invitation = opened_by(token)
    choose_language(invitation, request.form.get("locale", ""), claim.purpose)
    db_session().commit()
    return redirect(url_for(".cover", token=token))


def choose_language(invitation: Invitation, locale: str, purpose: Purpose) -> None:
    """Remember the language of whoever answers, or of whoever signs; one not offered changes nothing."""
    if locale not in offered_locales():
        return
    if purpose is Purpose.SIGN:
        invitation.signer_locale = locale
    else:
        invitation.locale, invitation.locale_guessed = locale, False


def _head(token: str, invitation: Invitation) -> dict[str, object]:
    # The page itself says until when; above it would only take room on a phone.
    own = {"deadline_text": "", "language_url": url_for("cover.language", token=token)}
    return {**letterhead(invitation), **own}


def _not_gone(invitation: Invitation, claim: Claim) -> Standing:
    """Return what the link leads to; a withdrawn or closed request leads nowhere."""
    found = standing(invitation)
    if claim.purpose is Purpose.SIGN and awaits_new_signature(invitation):
        return Standing.OPEN
    if found in (Standing.WITHDRAWN, Standing.CLOSED):
        raise NotOpen(invitation, found)
    return found


def _returned(claim: Claim, invitation: Invitation) -> Returned | None:
    """Return what the buyer wants corrected, for whoever answers while the campaign runs."""
    if claim.purpose is Purpose.SIGN or invitation.campaign.closed_at:
        return None
    return asked_back(db_session(), invitation)


def _survey(claim: Claim, invitation: Invitation) -> Survey:
    return open_survey(
        db_session(),
        invitation,
        locale=locale_for(invitation, signing=claim.purpose is Purpose.SIGN),
        short_form=state().library.scoring.short_form,
        today=today_at(invitation, now()),
    )
