"""How far a supplier has come with an invitation, in words."""

from __future__ import annotations

from flask_babel import gettext

from portal.reports.standing import Standing


def standing_word(standing: str) -> str:
    """Return the standing as a list or column is headed; an unknown code as it is."""
    words: dict[str, str] = {
        Standing.INVITED: gettext("Asked"),
        Standing.DELIVERED: gettext("Mail delivered"),
        Standing.STARTED: gettext("Started"),
        Standing.SUBMITTED: gettext("Submitted"),
        Standing.SIGNED: gettext("Signed"),
        Standing.NOT_STARTED: gettext("Not started"),
        Standing.OVERDUE: gettext("Overdue"),
        Standing.LATE: gettext("Answered late"),
        Standing.DECLINED: gettext("Declined"),
        Standing.CANCELLED: gettext("Withdrawn"),
        Standing.BOUNCED: gettext("Could not be delivered"),
        Standing.REFERRED: gettext("Another person named"),
        Standing.TO_SIGN: gettext("Waiting for signature"),
        Standing.SILENT: gettext("Silent after the last reminder"),
        Standing.TO_REVIEW: gettext("Not reviewed yet"),
        Standing.APPROVED: gettext("Approved"),
        Standing.APPROVED_WITH_CONDITIONS: gettext("Approved with conditions"),
        Standing.RETURNED: gettext("Returned"),
        Standing.REJECTED: gettext("Rejected"),
    }
    return str(words.get(standing, standing))
