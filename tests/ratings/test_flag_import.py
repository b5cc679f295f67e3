"""Red flags from a file on both databases: a plan first, then all of it or nothing, and rated again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.ratings import flags, service
from portal.ratings.flag_import import COLUMNS, Plan, apply, plan
from portal.ratings.models import RatingTrigger, RedFlag
from portal.ratings.queries import latest
from portal.suppliers.importing import FaultyRows
from portal.suppliers.models import Supplier, SupplierKind
from portal.suppliers.reading import read_table
from portal.suppliers.service import Author
from tests.makers import make_supplier

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BY = Author(NOW, "anne@buyer.example")
HEADER = "Key;Flag;Source;Reason;Date\n"
GOOD = "B1;sanction_or_conviction;Court of Oslo;Fined for illegal hiring;04.05.2026\n"


@pytest.fixture
def supplier(session: Session) -> Supplier:
    made = make_supplier(session, key="B1", country="NO", category="office_furniture")
    service.recompute(session, [made.id], NOW)
    return made


def planned(session: Session, lines: str) -> Plan:
    return plan(session, read_table("flags.csv", (HEADER + lines).encode(), COLUMNS), NOW)


def count(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count(RedFlag.id))) or 0


def test_a_flag_is_set_with_source_reason_and_day_and_the_rating_follows(
    session: Session, supplier: Supplier
) -> None:
    found = planned(session, GOOD)
    assert (found.summary(), count(session)) == ("set 1, known 0, faulty 0", 0)
    [flag] = apply(session, found, BY, source="flags.csv")
    assert (flag.source_kind, flag.source, flag.dated) == (
        "import",
        "Court of Oslo",
        date(2026, 5, 4),
    )
    row = latest(session, supplier.id)
    assert row is not None
    assert (row.residual, row.trigger) == (90, RatingTrigger.FLAG)
    told = session.scalars(sa.select(Event).where(Event.action == "flag.set")).one()
    assert told.details["source"] == "flags.csv"


def test_the_same_file_twice_sets_nothing_not_even_what_was_cleared(
    session: Session, supplier: Supplier
) -> None:
    [flag] = apply(session, planned(session, GOOD), BY, source="flags.csv")
    assert planned(session, GOOD).summary() == "set 0, known 1, faulty 0"
    flags.clear_flag(session, flag, reason="Appeal won", by="Kari", now=NOW)
    assert planned(session, GOOD).summary() == "set 0, known 1, faulty 0"


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (";false_evidence;Visit;Forged\n", "key", "the key is missing."),
        ("B9;false_evidence;Visit;Forged\n", "key", "no supplier has the key 'B9'."),
        ("OWNER;false_evidence;Visit;Forged\n", "key", "owner of an agreement"),
        (
            "B1;bad;Visit;Forged\n",
            "flag",
            "the flag 'bad' is not known. Write one of: severe_abuse",
        ),
        ("B1;false_evidence;;Forged\n", "source", "the source is missing"),
        ("B1;false_evidence;Visit;\n", "reason", "the reason is missing."),
        ("B1;false_evidence;Visit;Forged;soon\n", "date", "'soon' is not a day."),
        ("B1;false_evidence;Visit;Forged;2027-01-01\n", "date", "has not come yet."),
        ("B1;false_evidence;Visit;Forged;;more\n", "", "more cells than there are columns"),
        (GOOD, "", "it says the same as row 2."),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_written(
    session: Session, supplier: Supplier, line: str, field: str, reason: str
) -> None:
    make_supplier(session, key="OWNER", kind=SupplierKind.AGREEMENT_OWNER)
    found = planned(session, GOOD + line)
    [fault] = found.faults
    assert (fault.row, fault.field) == (3, field)
    assert reason in str(fault)
    with pytest.raises(FaultyRows):
        apply(session, found, BY, source="flags.csv")
    assert count(session) == 0
    assert len(apply(session, found, BY, source="flags.csv", skip_faulty=True)) == 1
