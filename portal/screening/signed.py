"""What follows from a signature, in the transaction of the signature itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.followup import alerts
from portal.ratings import service as ratings
from portal.screening import service as screening


def follow(session: Session, declaration: Declaration, now: datetime) -> None:
    """Keep findings, rate the supplier, count it as screened, and alert who is to know of the worst."""
    ratings.after_submission(session, declaration, now)
    screening.after_submission(session, declaration, now)
    alerts.after_submission(session, declaration, now)
