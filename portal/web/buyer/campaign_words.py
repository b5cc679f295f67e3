"""What stands in the way of a campaign or an invitation, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext

from portal.campaigns.audience import Obstacle
from portal.campaigns.invitations import Hindrance, NotPossible
from portal.campaigns.service import CannotLaunch, Fault

OBSTACLES = {
    Obstacle.NO_CONTACT: lazy_gettext("There is no contact"),
    Obstacle.BOUNCED: lazy_gettext("Mail to the address came back"),
    Obstacle.LEFT: lazy_gettext("The contact has left"),
    Obstacle.OBJECTED: lazy_gettext("The contact does not want to be asked"),
}
_FAR = lazy_gettext("This day is more than a hundred years away. Check the year.")
_HINDRANCES = {
    Hindrance.OVER: lazy_gettext("The invitation is answered, declined or withdrawn already."),
    Hindrance.CAMPAIGN_CLOSED: lazy_gettext("The campaign is closed."),
    Hindrance.WITHDRAWN: lazy_gettext(
        "The invitation was withdrawn. A new link would open nothing."
    ),
    Hindrance.NO_SIGNER: lazy_gettext("Nobody has been asked to sign."),
    Hindrance.NOT_REACHABLE: lazy_gettext(
        "This contact cannot be written to. Choose another contact first."
    ),
    Hindrance.NOT_LATER: lazy_gettext("Choose a day that gives the supplier more time."),
    Hindrance.TOO_FAR: _FAR,
    Hindrance.NOBODY_NAMED: lazy_gettext("Nobody else was named."),
}
_FAULTS = {
    Fault.NO_TITLE: lazy_gettext("Give the campaign a title."),
    Fault.LONG_TITLE: lazy_gettext("This title is too long."),
    Fault.NOTHING_ASKED: lazy_gettext("Choose at least one questionnaire."),
    Fault.MIXED: lazy_gettext(
        "Some of these questionnaires are for suppliers, some for owners of agreements. "
        "Launch a campaign for each."
    ),
    Fault.DEADLINE_PASSED: lazy_gettext("The deadline has passed already. Choose a later day."),
    Fault.DEADLINE_FAR: _FAR,
    Fault.NOBODY: lazy_gettext("Nobody who fits your choice has a usable address."),
}


def hindered(error: NotPossible) -> str:
    """Return why something cannot be done with an invitation."""
    return str(_HINDRANCES[error.reason])


def faulty(error: CannotLaunch) -> str:
    """Return why a campaign cannot be launched."""
    return str(_FAULTS[error.fault])
