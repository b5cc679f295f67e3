"""What calls and their outcomes are called, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from portal.followup.call_models import Call, CallOutcome
from portal.followup.calls import Wrong, calls_to
from portal.suppliers.models import Supplier
from portal.web.buyer.told import Told
from portal.web.filters import long_date

OUTCOMES = {
    CallOutcome.REACHED: lazy_gettext("Reached"),
    CallOutcome.NOT_REACHED: lazy_gettext("Not reached"),
    CallOutcome.PROMISED: lazy_gettext("Promised an answer"),
    CallOutcome.REFUSES: lazy_gettext("Does not want to answer"),
    CallOutcome.WRONG_NUMBER: lazy_gettext("Wrong number or person"),
}
WRONG = {
    Wrong.NO_PROMISED_DAY: lazy_gettext("Write the day by which the answer is promised."),
    Wrong.NO_NEXT_DAY: lazy_gettext("Write the day of the next step."),
    Wrong.FAR: lazy_gettext("This day is more than a hundred years away. Check the year."),
    Wrong.PAST: lazy_gettext("This day is past. Write today or a later one."),
}


def lines(call: Call) -> tuple[str, ...]:
    """Return what came of a call, beside its outcome, a line each."""
    return tuple(_lines(call))


def _lines(call: Call) -> Iterator[str]:
    if call.promised_on:
        yield gettext("Promised by %(day)s", day=long_date(call.promised_on))
    if call.note:
        yield call.note
    if call.next_on:
        step = call.next_step or gettext("Call again")
        yield gettext("Next: %(step)s, %(day)s", step=step, day=long_date(call.next_on))


def told(session: Session, supplier: Supplier) -> Iterator[Told]:
    """Yield the calls to `supplier` for its timeline."""
    for call in calls_to(session, supplier.id):
        yield Told(
            call.called_at,
            gettext("Called: %(outcome)s", outcome=OUTCOMES[call.outcome]),
            call.called_by,
            url_for("calls.record", public_id=call.invitation.public_id),
            lines=lines(call),
        )
