"""Buyers are walls: every query is narrowed, forgetting raises."""

import gc
from typing import Any
from weakref import ref

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal import store
from portal.campaigns.models import Invitation
from portal.ratings.records import latest_by_supplier
from portal.suppliers.models import Contact, Supplier
from tests.conftest import NOW
from tests.makers import make_contact, make_invitation, make_supplier, other_buyer


@pytest.fixture
def foreign(session: Session) -> Supplier:
    """A supplier of another buyer; the session looks from its own side again."""
    own = store.scoped_buyer_id(session)
    other_buyer(session)
    supplier = make_invitation(session).supplier
    session.commit()
    store.scope(session, own)
    return supplier


def test_rows_of_another_buyer_are_not_there(session: Session, foreign: Supplier) -> None:
    own = make_supplier(session)
    foreign_id = sa.inspect(foreign).identity[0]
    assert session.scalars(sa.select(Supplier)).all() == [own]
    assert session.get(Supplier, foreign_id) is None


def test_counts_joins_aliases_and_subqueries_stop_at_the_wall(
    session: Session, foreign: Supplier
) -> None:
    make_contact(session)
    other = aliased(Supplier)
    invited = sa.select(Invitation.supplier_id)
    assert session.scalar(sa.select(sa.func.count()).select_from(Supplier)) == 1
    assert session.scalar(sa.select(sa.func.count(Supplier.id))) == 1
    assert len(session.execute(sa.select(Contact.email, other.name).join(other)).all()) == 1
    assert session.scalars(sa.select(Supplier).where(Supplier.id.in_(invited))).all() == []


def test_one_statement_serves_every_buyer(session: Session, foreign: Supplier) -> None:
    names = sa.select(Supplier.name).where(Supplier.id > sa.bindparam("after"))
    own = store.scoped_buyer_id(session)
    make_supplier(session, name="Own")
    seen = {}
    for buyer_id in (own, own + 1, own):
        store.scope(session, buyer_id)
        seen[buyer_id] = session.scalars(names, {"after": 0}).all()
    assert seen[own] == ["Own"]
    assert "Own" not in seen[own + 1]
    assert len(seen[own + 1]) == 1


def test_a_statement_made_for_one_use_is_forgotten(session: Session) -> None:
    statement = sa.select(Supplier).where(Supplier.id.in_(range(100)))
    session.scalars(statement).all()
    forgotten = ref(statement)
    del statement
    gc.collect()
    assert forgotten() is None


def test_rows_are_found_by_what_tells_them_apart_and_not_by_the_buyer(sqlite_url: str) -> None:
    engine = sa.create_engine(sqlite_url, **store.engine_options(sqlite_url))
    plans: list[str] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def explain(
        connection: sa.Connection, _cursor: object, sql: str, values: Any, *_: object
    ) -> None:
        asked = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plans.extend(line for *_ids, line in asked)

    with Session(engine) as session:
        store.scope(session, 1)
        latest_by_supplier(session, [1])
    engine.dispose()
    assert any("supplier_id=?" in line for line in plans)
    assert not any("buyer_id" in line for line in plans)


def test_updates_and_deletes_stop_at_the_wall(session: Session, foreign: Supplier) -> None:
    session.execute(sa.update(Supplier).values(name="taken over"))
    session.execute(sa.delete(Invitation))
    session.commit()
    store.scope_to_everyone(session)
    assert [s.name for s in session.scalars(sa.select(Supplier))] != ["taken over"]
    assert session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(Supplier),
        sa.select(sa.func.count()).select_from(Supplier),
        sa.select(sa.literal(1)).where(sa.exists(sa.select(Contact.id))),
        sa.delete(Contact),
    ],
)
def test_forgetting_the_buyer_raises(engine: sa.Engine, statement: sa.Executable) -> None:
    with Session(engine) as session, pytest.raises(store.UnscopedError):
        session.execute(statement)


def test_new_rows_get_the_buyer_and_never_another(session: Session, foreign: Supplier) -> None:
    own = store.scoped_buyer_id(session)
    assert make_supplier(session).buyer_id == own
    with pytest.raises(store.ForeignRowError):
        make_supplier(session, buyer_id=own + 1)


def test_rows_added_at_once_get_the_buyer_too(session: Session, foreign: Supplier) -> None:
    own = store.scoped_buyer_id(session)
    made = {"key": "9", "name": "Nine", "country": "NO", "created_at": NOW, "updated_at": NOW}
    rows = [{**made, "production_countries": store.JsonText('["PL"]'), "buyer_id": own + 1}]
    store.add_all(session, Supplier, rows)
    [added] = session.scalars(sa.select(Supplier))
    assert (added.buyer_id, added.production_countries) == (own, ["PL"])


def test_rows_are_not_added_at_once_without_a_buyer(engine: sa.Engine) -> None:
    with Session(engine) as session, pytest.raises(store.UnscopedError):
        store.add_all(session, Supplier, [])


def test_a_row_without_a_buyer_is_not_written(engine: sa.Engine) -> None:
    with Session(engine) as session, pytest.raises(store.UnscopedError):
        make_supplier(session)


def test_the_clock_sees_everybody(session: Session, foreign: Supplier) -> None:
    make_supplier(session)
    session.commit()
    store.scope_to_everyone(session)
    assert session.scalar(sa.select(sa.func.count()).select_from(Supplier)) == 2
