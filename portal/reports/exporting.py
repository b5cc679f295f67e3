"""The exports by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.reports.answers_long import answers_long
from portal.reports.answers_wide import answers_wide
from portal.reports.calls import calls
from portal.reports.corrective_actions import corrective_actions
from portal.reports.declarations import declarations
from portal.reports.export import Export, Layout, Subject, Wanted
from portal.reports.history import events, findings, ratings
from portal.reports.invitations import invitations
from portal.reports.next_due import validity
from portal.reports.public_answers import public_answers
from portal.reports.responses_export import responses_export
from portal.reports.visits import visits


def export(session: Session, subject: Subject, wanted: Wanted, now: datetime) -> Export:
    """Return the export of `subject`; its rows are read from the session as they are taken."""
    if subject is Subject.ANSWERS and wanted.layout is Layout.WIDE:
        return answers_wide(session, wanted)
    if subject in _AT_A_MOMENT:
        return _AT_A_MOMENT[subject](session, wanted, now)
    return _AS_IT_STANDS[subject](session, wanted)


_AT_A_MOMENT: Mapping[Subject, Callable[[Session, Wanted, datetime], Export]] = {
    Subject.DECLARATIONS: declarations,
    Subject.INVITATIONS: invitations,
    Subject.RATINGS: ratings,
    Subject.VALIDITY: validity,
    Subject.RESPONSES: responses_export,
}
_AS_IT_STANDS: Mapping[Subject, Callable[[Session, Wanted], Export]] = {
    Subject.ANSWERS: answers_long,
    Subject.FINDINGS: findings,
    Subject.PUBLIC_ANSWERS: public_answers,
    Subject.ACTIONS: corrective_actions,
    Subject.VISITS: visits,
    Subject.CALLS: calls,
    Subject.EVENTS: events,
}
