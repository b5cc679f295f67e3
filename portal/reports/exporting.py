"""The exports by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.reports.answers_long import answers_long
from portal.reports.answers_wide import answers_wide
from portal.reports.declarations import declarations
from portal.reports.export import Export, Layout, Subject, Wanted
from portal.reports.history import events, findings, ratings
from portal.reports.invitations import invitations


def export(session: Session, subject: Subject, wanted: Wanted, now: datetime) -> Export:
    """Return the export of `subject`; its rows are read from the session as they are taken."""
    match subject:
        case Subject.DECLARATIONS:
            return declarations(session, wanted, now)
        case Subject.ANSWERS:
            wide = wanted.layout is Layout.WIDE
            return answers_wide(session, wanted) if wide else answers_long(session, wanted)
        case Subject.FINDINGS:
            return findings(session, wanted)
        case Subject.INVITATIONS:
            return invitations(session, wanted, now)
        case Subject.RATINGS:
            return ratings(session, wanted, now)
        case Subject.EVENTS:
            return events(session, wanted)
