"""What visits, their results and standings are called, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from portal.declarations.attachments import MOST_PER_QUESTION, Reason, Refused
from portal.events.queries import about
from portal.followup.visit_models import Visit, VisitKind, VisitResult
from portal.followup.visit_queries import visits_of, watched_one
from portal.followup.visit_rule import Standing
from portal.followup.visits import Wrong
from portal.suppliers.models import Supplier
from portal.web import clock
from portal.web.buyer.told import Told
from portal.web.filters import short_date
from portal.web.supplier.sentences import file_sentence

KINDS = {
    VisitKind.VISIT: lazy_gettext("Visit"),
    VisitKind.AUDIT: lazy_gettext("Audit"),
    VisitKind.SPOT_CHECK: lazy_gettext("Spot check"),
    VisitKind.OTHERS_REPORT: lazy_gettext("Report of an audit by others"),
}
RESULTS = {
    VisitResult.NO_DEVIATIONS: lazy_gettext("No deviations"),
    VisitResult.MINOR: lazy_gettext("Minor deviations"),
    VisitResult.SERIOUS: lazy_gettext("Serious deviations"),
    VisitResult.NOT_CARRIED_OUT: lazy_gettext("Not carried out"),
}
STANDINGS = {
    Standing.OVERDUE: lazy_gettext("Overdue"),
    Standing.DUE: lazy_gettext("Due"),
    Standing.PLANNED: lazy_gettext("Planned"),
    Standing.NOT_DUE: lazy_gettext("Not due"),
}
WRONG = {
    Wrong.NO_DAY: lazy_gettext("Write the day it is planned for, or the day it was done."),
    Wrong.TURNED_ROUND: lazy_gettext("The last day stands before the first, or alone."),
    Wrong.FUTURE: lazy_gettext("This day has not come yet. Write it as the planned day."),
    Wrong.NO_RESULT: lazy_gettext("Choose the result."),
    Wrong.NOT_DONE: lazy_gettext("Write the day it was done."),
    Wrong.NO_REASON: lazy_gettext("Write why it was not carried out."),
    Wrong.NO_TEXT: lazy_gettext("Write what was found."),
}
_EVENTS = {
    "visit.added": lazy_gettext("Visit entered in the register"),
    "visit.changed": lazy_gettext("Visit changed in the register"),
    "visit.file_added": lazy_gettext("File added to a visit"),
}


def file_refused(refused: Refused) -> str:
    """Return the sentence for a file that is not taken."""
    if refused.reason is Reason.TOO_MANY:
        return str(
            gettext("There are %(most)s files with this visit already.", most=MOST_PER_QUESTION)
        )
    return file_sentence(refused)


def visits(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return where the supplier stands and its visits for `parts/visits.html`."""
    return {
        "watched": watched_one(session, supplier, clock.now()),
        "visits": visits_of(session, supplier.id),
        "kinds": KINDS,
        "results": RESULTS,
        "standings": STANDINGS,
    }


def told(session: Session, supplier: Supplier) -> Iterator[Told]:
    """Yield what was entered about visits of `supplier` for its timeline."""
    by_id = {visit.id: visit for visit in visits_of(session, supplier.id)}
    for event in about(session, "supplier", supplier.id):
        visit = by_id.get(event.details.get("visit", 0))
        if event.action in _EVENTS and visit:
            href = url_for("visits.show", visit_id=visit.id)
            line = event.details.get("file") or _summary(visit)
            yield Told(event.at, str(_EVENTS[event.action]), event.actor, href, lines=(line,))


def _summary(visit: Visit) -> str:
    day = visit.done_on or visit.planned_from
    result = RESULTS[visit.result] if visit.result else STANDINGS[Standing.PLANNED]
    return f"{KINDS[visit.kind]}, {short_date(day) if day else ''}: {result}"
