"""What stands above and below every page a supplier sees: who asks, until when, whom to ask for help."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import flask_babel
from babel import dates
from flask_babel import gettext

from portal.buyers.models import Buyer
from portal.campaigns.deadlines import deadline_day
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.web.filters import long_date


def letterhead(invitation: Invitation) -> dict[str, object]:
    """Return the values that `layouts/supplier.html` shows around a page."""
    head = buyers_letterhead(db_session().get_one(Buyer, invitation.buyer_id))
    return {**head, "deadline_text": long_date(deadline_day(invitation))}


def buyers_letterhead(buyer: Buyer) -> dict[str, object]:
    """Return the same without a deadline."""
    return {
        "buyer_name": buyer.name,
        "help_name": buyer.contact_role or buyer.name,
        "help_email": buyer.contact_email,
        "help_phone": buyer.contact_phone,
        "privacy_url": buyer.privacy_url,
    }


def deadline_text(invitation: Invitation) -> str:
    """Return the last day with its weekday, and the zone in which it ends."""
    return day_with_zone(deadline_day(invitation), invitation.campaign.zone)


def day_with_zone(last: date, zone_name: str) -> str:
    """Return `last` with its weekday, and the zone in which it ends."""
    zone = dates.get_timezone_name(
        ZoneInfo(zone_name),
        width="long",
        locale=flask_babel.get_locale(),
        zone_variant="generic",
        return_zone=False,
    )
    day = long_date(last)
    return str(gettext("%(day)s (%(zone)s)", day=day, zone=zone))
