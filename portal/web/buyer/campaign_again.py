"""A campaign used again: a launch prepared from an earlier one, of which nothing is sent yet."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.buyers.queries import local_day
from portal.campaigns.again import Again, again
from portal.campaigns.freezing import asked
from portal.campaigns.models import Campaign
from portal.database import db_session
from portal.web import clock
from portal.web.buyer import launch_draft
from portal.web.buyer.launch_draft import Draft
from portal.web.buyer.offering import offered
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may

pages = buyer_pages("campaign_again", __name__)


def repeated(campaign: Campaign) -> Again:
    """Return what is taken over from `campaign` today, and what of it has changed."""
    session = db_session()
    today = local_day(session, clock.now())
    return again(campaign, asked(session, campaign.id), offered(), today)


@pages.post("/campaigns/<int:campaign_id>/again")
@may("admin", "buyer")
def use_again(campaign_id: int) -> ResponseReturnValue:
    """Begin a launch with what the campaign asked, whom and how, a year on."""
    campaign = row_or_404(Campaign, campaign_id)
    found = repeated(campaign)
    launch_draft.begin(
        Draft(
            title=found.title,
            purpose=campaign.purpose,
            reporting=campaign.reporting,
            questionnaires=found.questionnaires,
            scope_rule=campaign.scope_rule,
            deadline=found.deadline.isoformat(),
            plan=tuple(campaign.reminder_plan),
            repeats=campaign_id,
        )
    )
    return redirect(url_for("campaign_launch.what"), 303)
