"""The heat map on both databases: every number is the length of the list behind it."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.ratings import service
from portal.reports.register import Wanted, listing
from portal.reports.topic_map import By, topic_map
from portal.suppliers.models import SupplierKind, SupplierStatus
from tests.conftest import NOW
from tests.makers import make_supplier, other_buyer


@pytest.fixture
def suppliers(session: Session) -> None:
    """Three rated in two countries, one not rated, one not in use, one owner of an agreement."""
    rated = [
        make_supplier(session, country=country, category=category)
        for country, category in (("CN", "ict_equipment"), ("CN", "coffee"), ("NO", "coffee"))
    ]
    service.recompute(session, [each.id for each in rated], NOW)
    make_supplier(session, country="NO", category="coffee")
    make_supplier(session, country="NO", status=SupplierStatus.INACTIVE)
    make_supplier(session, country="NO", kind=SupplierKind.AGREEMENT_OWNER)


@pytest.mark.parametrize("by", list(By))
def test_every_number_is_the_length_of_its_list(session: Session, suppliers, by: By) -> None:
    found = topic_map(session, by)
    assert found.suppliers == 4
    assert sum(size for _, size in found.groups) == 4
    kind, status = SupplierKind.SUPPLIER, SupplierStatus.ACTIVE
    for row in found.rows:
        for group, cell in row.cells.items():
            counts = {band.value: count for band, count in cell.levels.items()}
            for level, count in (counts | {"none": cell.unknown}).items():
                narrowed = {by.value: group, "topic": row.topic, "level": level}
                wanted = Wanted(**narrowed, kind=kind, status=status)
                assert listing(session, wanted).total == count, narrowed


def test_it_takes_few_queries_and_stays_behind_the_wall(session: Session, suppliers) -> None:
    asked: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    topic_map(session, By.COUNTRY)
    assert len(asked) == 2  # the suppliers, and the settings in force
    other_buyer(session)
    assert topic_map(session, By.COUNTRY).suppliers == 0
