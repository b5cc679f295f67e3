"""Campaigns: the list, one campaign with its invitations, closing it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.campaigns import invitations as actions
from portal.campaigns.deadlines import deadline_day, late, overdue
from portal.campaigns.freezing import asked, thawed
from portal.campaigns.models import Campaign
from portal.campaigns.queries import campaign_lines, not_asked
from portal.database import db_session
from portal.mail.wording import deadline_words
from portal.reports.asked import Narrowed, countries_asked, invitation_page
from portal.reports.funnel import funnels
from portal.reports.standing import Standing
from portal.reviews.decisions import decisions_by_invitation
from portal.suppliers.models import Criticality
from portal.web import clock
from portal.web.buyer.addresses import campaign_list
from portal.web.buyer.campaign_progress import progress
from portal.web.buyer.campaign_words import hindered
from portal.web.buyer.reminder_words import step_name
from portal.web.buyer.review_words import OUTCOMES
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.buyer.standing_words import standing_word
from portal.web.buyer.supplier_words import reader_locale

pages = buyer_pages("campaigns", __name__)

Code = TypeVar("Code", bound=StrEnum)


@pages.get("/campaigns")
def index() -> ResponseReturnValue:
    """Every campaign, the newest first."""
    lines = campaign_lines(db_session())
    found = funnels(db_session(), [line.campaign.id for line in lines], clock.now())
    return render_template(
        "buyer/campaigns/index.html", lines=lines, funnels=found, campaign_list=campaign_list
    )


@pages.get("/campaigns/<int:campaign_id>")
def show(campaign_id: int) -> ResponseReturnValue:
    """Show what a campaign asks, how far it has come, and its invitations."""
    campaign, now = row_or_404(Campaign, campaign_id), clock.now()
    session = db_session()
    given = {name: request.args.get(name, "") for name in ("state", "criticality", "country")}
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and int(number[:6])):
        abort(400)
    funnel = funnels(session, [campaign_id], now)[campaign_id]
    listing = invitation_page(session, campaign_id, _narrowed(given), int(number[:6]), now)
    return render_template(
        "buyer/campaigns/show.html",
        campaign=campaign,
        questionnaires=[thawed(each, reader_locale()) for each in asked(session, campaign_id)],
        deadline=deadline_words(campaign.deadline, campaign.zone),
        plan=[step_name(str(day)) for day in campaign.reminder_plan],
        funnel=funnel,
        progress=progress(session, campaign, funnel, now),
        listing=listing,
        not_asked=not_asked(session, campaign_id),
        given=given,
        standings=[(each.value, standing_word(each)) for each in Standing],
        countries=countries_asked(session, campaign_id),
        page_url=partial(_page_url, campaign_id, given),
        campaign_list=campaign_list,
        standing_word=standing_word,
        deadline_day=deadline_day,
        decisions=decisions_by_invitation(session, [each.id for each in listing.rows]),
        outcomes=OUTCOMES,
        overdue=lambda invitation: overdue(invitation, now),
        late=late,
    )


def _page_url(campaign_id: int, given: Mapping[str, str], page: int) -> str:
    query: dict[str, Any] = {name: text for name, text in given.items() if text}
    return url_for(".show", campaign_id=campaign_id, page=page, **query)


def _narrowed(given: Mapping[str, str]) -> Narrowed:
    """Return what the address asks for; 400 for a code there is not."""
    return Narrowed(
        _code(Standing, given["state"]),
        _code(Criticality, given["criticality"]),
        given["country"],
    )


def _code(kind: type[Code], text: str) -> Code | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        abort(400)


@pages.post("/campaigns/<int:campaign_id>/close")
@may("admin", "buyer")
def close(campaign_id: int) -> ResponseReturnValue:
    """End the campaign."""
    campaign = row_or_404(Campaign, campaign_id)
    try:
        actions.close(db_session(), campaign, by=signed_in_user().email, now=clock.now())
    except actions.NotPossible as error:
        flash(hindered(error), "error")
    else:
        db_session().commit()
        flash(gettext("The campaign is closed. Nobody is reminded any more."), "success")
    return redirect(url_for(".show", campaign_id=campaign_id), 303)
