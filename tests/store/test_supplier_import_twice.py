"""Whatever a file says: importing it twice is the same as importing it once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal import store
from portal.suppliers.cells import Reading
from portal.suppliers.import_applying import apply
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.importing import Plan, plan
from portal.suppliers.reading import read_table
from portal.suppliers.service import Author
from tests.conftest import NOW
from tests.makers import make_buyer

# Few keys and addresses, so that rows meet and contradict.
ROWS = st.fixed_dictionaries(
    {
        "key": st.sampled_from(["A", "B", "C", ""]),
        "name": st.sampled_from(["Acme", "Ås Mek", "  Acme ", ""]) | st.text(max_size=8),
        "country": st.sampled_from(["NO", "Norge", "CN", "Norwey", ""]),
        "production_countries": st.sampled_from(["", "CN VN", "VN, CN"]),
        "category": st.sampled_from(["", "batteries", "Batterier"]),
        "criticality": st.sampled_from(["", "a", "B"]),
        "spend": st.sampled_from(["", "1 234,50", "1234.5", "0"]),
        "currency": st.sampled_from(["", "nok"]),
        "contact_name": st.sampled_from(["", "Ann", "Bo"]),
        "contact_email": st.sampled_from(["a@a.example", "A@a.example", "b@b.example", ""]),
        "contact_locale": st.sampled_from(["", "nb", "en"]),
    }
)


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    engine = sa.create_engine("sqlite://")
    store.Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def bring_in(session: Session, rows: list[dict[str, str]]) -> Plan:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS.known, restval="")
    writer.writeheader()
    writer.writerows(rows)
    table = read_table("a.csv", text.getvalue().replace("\0", "").encode("utf-8"), COLUMNS)
    found = plan(session, table, Reading(("en", "nb")))
    apply(session, found, Author(NOW, "test"), source="a.csv", skip_faulty=True)
    session.flush()
    session.expire_all()
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(ROWS, min_size=1, max_size=6).filter(
        lambda rows: any(map(any, map(dict.values, rows)))
    )
)
def test_the_second_time_changes_nothing(engine, rows):
    with Session(engine) as session:
        store.scope(session, make_buyer(session).id)
        first = bring_in(session, rows)
        second = bring_in(session, rows)
        assert (second.added, second.changed) == ((), ())
        assert second.unchanged == len(first.added)
        session.rollback()
