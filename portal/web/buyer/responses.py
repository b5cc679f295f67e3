"""The report on who answered a campaign and who did not."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.campaigns.models import Campaign
from portal.database import db_session
from portal.mail.wording import deadline_words
from portal.reports.responses import Outcome, Response, by_category, figures, responses
from portal.web import clock
from portal.web.buyer.call_words import OUTCOMES as CALL_OUTCOMES
from portal.web.buyer.response_words import OUTCOMES, statement
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.supplier_words import category_name
from portal.web.supplier.forms import REASONS

pages = buyer_pages("responses", __name__)

# Who did not answer comes first.
_ORDER = (
    Outcome.SILENT,
    Outcome.BOUNCED,
    Outcome.DECLINED,
    Outcome.AWAITED,
    Outcome.LATE,
    Outcome.ANSWERED,
    Outcome.WITHDRAWN,
)
_ON_A_PAGE = 50


@pages.get("/campaigns/<int:campaign_id>/responses")
def show(campaign_id: int) -> ResponseReturnValue:
    """Show the numbers, the sentences for a statement, and each supplier; `?outcome=` narrows."""
    campaign = row_or_404(Campaign, campaign_id)
    wanted, page = request.args.get("outcome", ""), request.args.get("page", "1")
    if wanted not in {"", *Outcome} or not (page.isascii() and page.isdigit() and int(page[:6])):
        abort(400)
    found = responses(db_session(), campaign_id, clock.now())
    numbers = figures(found)
    lines = sorted(_narrowed(found, wanted), key=lambda one: _ORDER.index(one.outcome))
    start = (int(page[:6]) - 1) * _ON_A_PAGE
    return render_template(
        "buyer/campaigns/responses.html",
        campaign=campaign,
        deadline=deadline_words(campaign.deadline, campaign.zone),
        figures=numbers,
        statement=statement(numbers),
        categories=[(category_name(key), each) for key, each in by_category(found).items()],
        lines=lines[start : start + _ON_A_PAGE],
        first=start + 1,
        page=int(page[:6]),
        total=len(lines),
        wanted=wanted,
        outcomes=OUTCOMES,
        declines=REASONS,
        call_outcomes=CALL_OUTCOMES,
    )


def _narrowed(found: list[Response], wanted: str) -> list[Response]:
    return [one for one in found if wanted in {"", one.outcome}]
