"""What a thread is about: which words stand on its cover, and which page it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from portal.campaigns.links import UnknownLink
from portal.database import db_session
from portal.followup.clarification_queries import about
from portal.followup.models import Correspondence
from portal.followup.sharing import shared_in


@dataclass(frozen=True)
class Matter:
    """A thread's subject: words of the cover, the day asked for, and the endpoint of its page."""

    heading: str
    lead: str
    due_on: date | None
    endpoint: str


def matter_of(thread: Correspondence, buyer_name: str) -> Matter:
    """Return what `thread` is about.

    Raises:
        UnknownLink: it is about nothing that has a page.
    """
    if clarification := about(db_session(), thread):
        return Matter(
            heading=gettext("%(buyer)s has a question about one of your answers", buyer=buyer_name),
            lead=gettext(
                "You only need to answer this one question. Everything else in your declaration"
                " stays as it is."
            ),
            due_on=clarification.due_on,
            endpoint="follow_up.clarification",
        )
    if action := shared_in(db_session(), thread):
        return Matter(
            heading=gettext("Something to put right"),
            lead=gettext(
                "%(buyer)s asks you to put something right. Here you see what it is about, and can"
                " answer.",
                buyer=buyer_name,
            ),
            due_on=action.due_on,
            endpoint="follow_up_action.show",
        )
    raise UnknownLink
