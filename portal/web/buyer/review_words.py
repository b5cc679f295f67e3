"""What verdicts, readings and outcomes of a review are called, and what is refused."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

from portal.reviews.models import AnswerVerdict, Outcome, Shown

VERDICTS = {
    AnswerVerdict.ACCEPTED: lazy_gettext("Accepted"),
    AnswerVerdict.NOT_RELEVANT_ACCEPTED: lazy_gettext("“Not relevant” accepted"),
    AnswerVerdict.NOT_RELEVANT_REFUSED: lazy_gettext("“Not relevant” not accepted"),
    AnswerVerdict.FINDING: lazy_gettext("Finding"),
}
SHOWN = {
    Shown.SAYS: lazy_gettext("Says: it only repeats the answer"),
    Shown.SHOWS: lazy_gettext("Shows: it documents the answer"),
    Shown.VERIFIED: lazy_gettext("Verified: you have checked that it is true"),
}
OUTCOMES = {
    Outcome.APPROVED: lazy_gettext("Approved"),
    Outcome.APPROVED_WITH_CONDITIONS: lazy_gettext("Approved with conditions"),
    Outcome.RETURNED: lazy_gettext("Returned"),
    Outcome.REJECTED: lazy_gettext("Rejected"),
}
ROLES = {
    "reviewer": lazy_gettext("reviewer"),
    "buyer": lazy_gettext("buyer"),
    "admin": lazy_gettext("administrator"),
}
# What the rooms refuse, named here so that it is translated.
_REFUSALS = (
    lazy_gettext("This declaration has been corrected. Review the one that counts."),
    lazy_gettext("This judgement needs a reason."),
    lazy_gettext("Say how you checked it."),
    lazy_gettext("A decision needs a reason."),
    lazy_gettext("The supplier has not answered that this is not relevant."),
    lazy_gettext("A finding needs a severity."),
    lazy_gettext("This question is not answered in the declaration."),
    lazy_gettext("The supplier has answered itself. Its own declaration counts."),
    lazy_gettext("Give the address of the document, with https://."),
    lazy_gettext("Say on which day you read it; it cannot lie ahead."),
    lazy_gettext("Say what is to be corrected: the supplier reads it."),
    lazy_gettext("The campaign is closed, so nothing can be corrected in it."),
    lazy_gettext("This declaration has been returned already."),
)


def refusal(error: Exception) -> str:
    """Return what a room refused, in the reader's language."""
    return str(gettext(str(error)))
