"""What the signed-in user's buyer can ask."""

from __future__ import annotations

from portal.database import db_session
from portal.questionnaires.loader import Library
from portal.questionnaires.publishing import buyers_library
from portal.state import state


def offered() -> Library:
    """Return what is shipped and the latest of each questionnaire of the buyer's own."""
    return buyers_library(db_session(), state().library)
