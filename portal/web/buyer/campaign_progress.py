"""How far a campaign has come: its funnel by group, and its response curve."""

from __future__ import annotations

from datetime import datetime

import flask_babel
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign
from portal.reports.funnel import Funnel, Group, Grouping, groups, response_curve
from portal.suppliers.countries import country_name
from portal.web.buyer.curve import curve


def progress(
    session: Session, campaign: Campaign, funnel: Funnel, now: datetime
) -> dict[str, object]:
    """Return what `parts/funnel.html` and `parts/curve.html` of a campaign's page show."""
    days = response_curve(session, campaign, now)
    return {
        "groupings": [
            (
                by,
                *_titles(by),
                [(_name(by, one), one) for one in groups(session, campaign.id, by, now)],
            )
            for by in Grouping
        ],
        "days": [day for day in days if day.came],
        "curve": curve(days, funnel.invited, campaign.deadline) if funnel.submitted else None,
    }


def _titles(by: Grouping) -> tuple[str, str]:
    """Return the table's title and the heading of its first column."""
    if by is Grouping.CRITICALITY:
        return gettext("By criticality"), gettext("Criticality")
    return gettext("By country"), gettext("Country")


def _name(by: Grouping, group: Group) -> str:
    if not group.key:
        return str(gettext("Not judged yet"))
    if by is Grouping.COUNTRY:
        return country_name(group.key, str(flask_babel.get_locale()))
    return group.key
