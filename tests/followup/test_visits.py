"""Visits, audits and spot checks, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.declarations.attachments import Accepted, Refused
from portal.events.models import Event
from portal.files import FileStore
from portal.followup import visits
from portal.followup.visit_models import Visit, VisitKind, VisitResult
from portal.followup.visit_queries import (
    Pressing,
    pressing,
    visits_of,
    watched,
    watched_one,
    years,
)
from portal.followup.visit_rule import Intervals, Standing
from portal.followup.visits import BadInterval, Told, VisitRefused, Wrong
from portal.suppliers.models import Criticality, Supplier, SupplierStatus
from portal.suppliers.service import Author
from tests.makers import make_supplier, other_buyer

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ADA = Author(NOW, "ada@fjordlab.example")
DONE = Told(VisitKind.AUDIT, done_on=date(2026, 3, 1), result=VisitResult.NO_DEVIATIONS)


def visited(session: Session, supplier: Supplier, **values: Any) -> Visit:
    told = {"kind": VisitKind.VISIT, "done_on": date(2026, 3, 1), "result": "no_deviations"}
    told |= values
    if told["result"]:
        told["result"] = VisitResult(told["result"])
    return visits.add_visit(session, supplier, Told(**told), ADA)


def vital(session: Session, **values: Any) -> Supplier:
    return make_supplier(session, **({"criticality": Criticality.A} | values))


def standings(session: Session) -> dict[str, Standing]:
    return {one.supplier.name: one.standing for one in watched(session, NOW)}


def test_who_has_an_interval_or_a_visit_is_watched_the_most_pressing_first(
    session: Session,
) -> None:
    make_supplier(session, name="Without a reason")
    vital(session, name="Never visited")
    visited(session, vital(session, name="Long ago"), done_on=date(2020, 1, 1))
    visited(session, vital(session, name="Lately"))
    visited(
        session,
        vital(session, name="Planned"),
        planned_from=date(2027, 1, 4),
        done_on=None,
        result=None,
    )
    visited(session, make_supplier(session, name="With a visit"))
    vital(session, name="Not in use", status=SupplierStatus.INACTIVE)
    assert list(standings(session).items()) == [
        ("Long ago", Standing.OVERDUE),
        ("Never visited", Standing.DUE),
        ("Planned", Standing.PLANNED),
        ("Lately", Standing.NOT_DUE),
        ("With a visit", Standing.NOT_DUE),
    ]


def test_a_visit_not_carried_out_is_none(session: Session) -> None:
    supplier = vital(session)
    visited(session, supplier, done_on=date(2023, 1, 1))
    visited(session, supplier, result="not_carried_out", text="The gate was closed.")
    one = watched_one(session, supplier, NOW)
    assert one.last
    assert (one.last.done_on, one.due_on) == (date(2023, 1, 1), date(2026, 1, 1))
    assert one.standing is Standing.OVERDUE


def test_own_years_move_what_is_due(session: Session) -> None:
    supplier = vital(session)
    visited(session, supplier, done_on=date(2025, 3, 1))
    assert watched_one(session, supplier, NOW).standing is Standing.NOT_DUE
    visits.set_intervals(session, Intervals(critical=2, high=4))
    visits.set_intervals(session, Intervals(critical=1, high=4))
    assert watched_one(session, supplier, NOW).due_on == date(2026, 3, 1)
    with pytest.raises(BadInterval):
        visits.set_intervals(session, Intervals(critical=0, high=4))


def test_counts_per_year_by_kind_and_result(session: Session) -> None:
    supplier = make_supplier(session)
    visited(session, supplier, kind=VisitKind.AUDIT, result="serious", text="No contracts.")
    visited(session, supplier)
    visited(session, supplier, done_on=date(2025, 3, 1))
    visited(session, supplier, result="not_carried_out", text="Strike.")
    visited(session, supplier, planned_from=date(2027, 1, 4), done_on=None, result=None)
    new, old = years(session)
    assert (new.year, new.done, old.year, old.done) == (2026, 2, 2025, 1)
    assert new.kinds == {VisitKind.AUDIT: 1, VisitKind.VISIT: 1}
    assert new.results == {
        VisitResult.SERIOUS: 1,
        VisitResult.NO_DEVIATIONS: 1,
        VisitResult.NOT_CARRIED_OUT: 1,
    }


def test_a_change_keeps_what_was_said_before_in_the_trail(session: Session) -> None:
    visit = visited(
        session, make_supplier(session), planned_from=date(2026, 3, 1), done_on=None, result=None
    )
    visits.change_visit(session, visit, DONE, ADA)
    visits.change_visit(session, visit, DONE, ADA)
    events = session.scalars(sa.select(Event).order_by(Event.seq)).all()
    assert [event.action for event in events] == ["visit.added", "visit.changed"]
    assert {"field": "done_on", "old": "", "new": "2026-03-01"} in events[1].details["changes"]


@pytest.mark.parametrize(
    ("values", "field", "wrong"),
    [
        ({"done_on": None, "result": None}, "planned_from", Wrong.NO_DAY),
        ({"planned_to": date(2026, 1, 1)}, "planned_to", Wrong.TURNED_ROUND),
        (
            {"planned_from": date(2026, 2, 1), "planned_to": date(2026, 1, 1)},
            "planned_to",
            Wrong.TURNED_ROUND,
        ),
        ({"done_on": date(2026, 11, 22)}, "done_on", Wrong.FUTURE),
        ({"result": None}, "result", Wrong.NO_RESULT),
        ({"planned_from": date(2026, 1, 1), "done_on": None}, "done_on", Wrong.NOT_DONE),
        ({"result": "not_carried_out"}, "text", Wrong.NO_REASON),
        ({"result": "minor", "text": " "}, "text", Wrong.NO_TEXT),
    ],
)
def test_what_does_not_fit_together_is_refused(
    session: Session, values: dict[str, Any], field: str, wrong: Wrong
) -> None:
    supplier = make_supplier(session)
    with pytest.raises(VisitRefused) as refused:
        visited(session, supplier, **values)
    assert (refused.value.field, refused.value.wrong) == (field, wrong)
    assert visits_of(session, supplier.id) == []


def test_ten_files_are_kept_with_a_visit_and_no_more(session: Session, tmp_path: Path) -> None:
    files = FileStore(f"file://{tmp_path}")
    visit = visited(session, make_supplier(session))
    report = Accepted("report.pdf", "application/pdf", b"%PDF-1.7")
    for _ in range(10):
        row = visits.add_file(session, files, visit, report, ADA)
    assert files.read(row.storage_key) == b"%PDF-1.7"
    with pytest.raises(Refused):
        visits.add_file(session, files, visit, report, ADA)
    assert len(visits.files_of(session, visit)) == 10


def test_another_buyer_sees_none_of_it(session: Session) -> None:
    visited(session, vital(session))
    visits.set_intervals(session, Intervals(1, 1))
    own = store.scoped_buyer_id(session)
    session.flush()
    other_buyer(session)
    assert (watched(session, NOW), years(session)) == ([], [])
    assert visits.intervals(session) == Intervals()
    store.scope(session, own)
    assert len(watched(session, NOW)) == 1


def test_what_presses_is_overdue_or_due_within_a_month_and_not_planned(session: Session) -> None:
    vital(session, name="Never visited", created_at=NOW)
    vital(session, name="Registered long ago", created_at=NOW.replace(year=2021))
    visited(session, vital(session, name="Long ago"), done_on=date(2020, 1, 1))
    visited(session, vital(session, name="In a month"), done_on=date(2023, 12, 21))
    visited(session, vital(session, name="In two months"), done_on=date(2024, 1, 21))
    visited(session, make_supplier(session), next_on=date(2026, 12, 1))
    open_one = {"done_on": None, "result": None}
    visited(session, vital(session), planned_from=date(2026, 11, 1), **open_one)
    visited(session, vital(session), planned_from=date(2026, 12, 1), **open_one)
    assert pressing(session, NOW) == Pressing(overdue=3, soon=2)


def test_nothing_presses_another_buyer(session: Session) -> None:
    visited(session, vital(session, name="Long ago"), done_on=date(2020, 1, 1))
    other_buyer(session)
    assert pressing(session, NOW) == Pressing(overdue=0, soon=0)
