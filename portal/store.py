"""What the store remembers with: base class, column types, engine options and the walls between buyers."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from pydantic_core import from_json, to_json
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    DeclarativeBase,
    LoaderCriteriaOption,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Json = sa.JSON().with_variant(JSONB(), "postgresql")
# For what is written once and read whole: PostgreSQL keeps the text, instead of taking it apart.
WholeJson = sa.JSON()
# For a column where None means "no value" in SQL too, not the JSON null.
NullableJson = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

JsonObject = dict[str, Any]
PrimaryKey = Annotated[int, mapped_column(primary_key=True)]

# True while a request that may change nothing (GET, HEAD) is served.
reading: ContextVar[bool] = ContextVar("reading", default=False)


class JsonText(str):
    """JSON that is written already; a JSON column keeps it as it is."""

    __slots__ = ()


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive value is an error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return `value` in UTC, without a zone where the database keeps none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: times are aware UTC")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Return the stored moment as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table: named constraints, enums by value, aware times."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy
        datetime: UtcDateTime,
        str: sa.String(255),
        JsonObject: Json,
        list[str]: Json,
        list[int]: Json,
        list[JsonObject]: Json,
        enum.Enum: sa.Enum(
            enum.Enum,
            native_enum=False,
            length=32,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


class BuyerOwned:
    """A row behind a buyer's wall: every query for it is narrowed to the session's buyer."""

    buyer_id: Mapped[int] = mapped_column(sa.ForeignKey("buyer.id"), index=True)


class AppendOnly:
    """A row that is written once: changing or deleting it through a session raises."""


class AppendOnlyError(RuntimeError):
    """A row that may only be added was about to be changed or deleted."""


class UnscopedError(RuntimeError):
    """A query for rows of a buyer was made in a session that has not said which buyer."""


class ForeignRowError(RuntimeError):
    """A row of one buyer was about to be written in a session of another."""


_EVERYONE = object()


def scope(session: Session, buyer_id: int) -> None:
    """Let `session` see and write the rows of one buyer only."""
    if session.info.get("buyer") not in (None, buyer_id):
        # Rows that the earlier scope saw must not answer for this one.
        for row in [row for row in session if _is_foreign(row, buyer_id)]:
            session.expunge(row)
    session.info["buyer"] = buyer_id


def _is_foreign(row: object, buyer_id: int) -> bool:
    """Return whether `row`, as far as it is loaded, is behind the wall of some other buyer."""
    return isinstance(row, BuyerOwned) and row.__dict__.get("buyer_id") != buyer_id


def scope_to_everyone(session: Session) -> None:
    """Let `session` see the rows of every buyer: for the clock, commands and link look-ups only."""
    session.info["buyer"] = _EVERYONE


def scoped_buyer_id(session: Session) -> int:
    """Return the id of the buyer whose rows `session` sees.

    Raises:
        UnscopedError: the session sees nobody's rows, or everybody's.
    """
    buyer = session.info.get("buyer")
    if not isinstance(buyer, int):
        raise UnscopedError("this session has not been scoped to one buyer")
    return buyer


@event.listens_for(Session, "do_orm_execute")
def _wall(execution: ORMExecuteState) -> None:
    """Narrow every query for a buyer's rows to the buyer of the session."""
    if execution.is_column_load or execution.is_relationship_load:
        return
    buyer = execution.session.info.get("buyer")
    if buyer is _EVERYONE:
        return
    if buyer is None:
        _refuse_owned(execution.statement)
        return
    execution.statement = _narrowed(execution.statement, buyer)


# What a statement that stays is narrowed to, by buyer: one made for a single use is forgotten with it.
_kept: WeakKeyDictionary[sa.Executable, dict[int, sa.Executable]] = WeakKeyDictionary()


def _narrowed(statement: sa.Executable, buyer_id: int) -> sa.Executable:
    """Return `statement` for one buyer's rows: the same each time, which SQLAlchemy knows again at once."""
    by_buyer = _kept.setdefault(statement, {})
    if buyer_id not in by_buyer:
        by_buyer[buyer_id] = statement.options(_own_rows(buyer_id))
    return by_buyer[buyer_id]


class _BuyerId(sa.BindParameter[int]):
    """The buyer's id in a narrowed query, which compares as an object does.

    Its copies have its hash, and are looked up at every execution: as a column it would make a piece of
    SQL of each comparison, which took a quarter of a query's time.
    """

    inherit_cache = True
    __hash__ = sa.BindParameter.__hash__

    def __eq__(self, other: object) -> bool:  # type: ignore[override]  # not SQL
        return hash(self) == hash(other)


class _Usual(FunctionElement[int]):
    """A condition that most rows fulfil, which tells SQLite to look for an index elsewhere.

    Nearly every row is that of the buyer who asks: finding rows by it is reading them all.
    """

    name = "likely"
    type = sa.Integer()
    inherit_cache = True


@compiles(_Usual)
def _as_it_is(element: _Usual, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(_Usual, "sqlite")
def _with_hint(element: _Usual, compiler: SQLCompiler, **kw: Any) -> str:
    return f"likely({compiler.process(element.clauses, **kw)})"


@lru_cache(maxsize=1024)
def _own_rows(buyer_id: int) -> LoaderCriteriaOption:
    """Return what narrows a query to one buyer's rows: made once, since every query needs it."""
    own = _BuyerId("buyer_id", buyer_id, sa.Integer, unique=True)
    return with_loader_criteria(
        BuyerOwned,
        lambda kind: _Usual(kind.buyer_id == own),
        include_aliases=True,
        track_closure_variables=True,
    )


def _refuse_owned(statement: sa.Executable) -> None:
    """Raise UnscopedError if `statement` names a table with a buyer's rows."""
    owned = {
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, BuyerOwned)
    }
    named = [part for part in visitors.iterate(cast("ClauseElement", statement)) if part in owned]
    if named:
        names = ", ".join(sorted({str(table) for table in named}))
        raise UnscopedError(f"query for {names} in a session without a buyer")


def add_all(session: Session, kind: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows of the session's buyer, given as column values, without an object for each.

    For rows by the thousand. Raises what `scoped_buyer_id` raises.
    """
    buyer = scoped_buyer_id(session)
    if rows:
        session.flush()
        session.execute(sa.insert(kind), [{**row, "buyer_id": buyer} for row in rows])


@event.listens_for(Session, "before_flush")
def _claim(session: Session, *_: object) -> None:
    """Give new rows the buyer of the session; refuse rows of another."""
    buyer = session.info.get("buyer")
    for row in session.new:
        if not isinstance(row, BuyerOwned) or buyer is _EVERYONE:
            continue
        if buyer is None:
            raise UnscopedError(f"{type(row).__name__} written in a session without a buyer")
        if row.buyer_id is None:
            row.buyer_id = buyer
        elif row.buyer_id != buyer:
            raise ForeignRowError(
                f"{type(row).__name__} of buyer {row.buyer_id} written by {buyer}"
            )


@event.listens_for(Session, "before_flush")
def _keep(session: Session, *_: object) -> None:
    """Refuse to change or delete rows that are written once."""
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in [*changed, *session.deleted]:
        if isinstance(row, AppendOnly):
            raise AppendOnlyError(f"{type(row).__name__} is written once")


@event.listens_for(Session, "do_orm_execute")
def _keep_all(execution: ORMExecuteState) -> None:
    """Refuse statements that change or delete many rows that are written once."""
    mapper = execution.bind_mapper
    if not (execution.is_update or execution.is_delete) or mapper is None:
        return
    if issubclass(mapper.class_, AppendOnly):
        raise AppendOnlyError(f"{mapper.class_.__name__} is written once")


@contextmanager
def read_only() -> Iterator[None]:
    """Within the block, transactions refuse to write: a GET that tries fails loudly."""
    token = reading.set(True)
    try:
        yield
    finally:
        reading.reset(token)


def engine_options(url: str) -> dict[str, Any]:
    """Return the engine's options for `url`: pool and waiting times, per kind of database."""
    backend = sa.make_url(url).get_backend_name()
    json = {"json_serializer": _to_json, "json_deserializer": from_json}
    if backend == "sqlite":
        # Transactions are begun by `prepare`, not by the driver.
        return {**json, "connect_args": {"timeout": 30, "isolation_level": None}}
    return {**json, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


def is_file(url: str) -> bool:
    """Return whether the database at `url` is a file, which SQLite reads and writes."""
    parts = sa.make_url(url)
    return parts.get_backend_name() == "sqlite" and parts.database not in (None, "", ":memory:")


def _to_json(value: object) -> str:
    """Return `value` as JSON: several times faster than the standard library on long explanations."""
    return value if isinstance(value, JsonText) else to_json(value).decode()


def prepare(engine: sa.Engine) -> None:
    """Make `engine` durable and strict: called once, before its first connection."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-20000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin as a writer at once, so that two writers wait instead of failing half-way."""
    only_reads = reading.get()
    # Said only when it changes: SQLite then forgets every statement it has prepared.
    if connection.info.get("only_reads", False) is not only_reads:
        connection.exec_driver_sql(f"PRAGMA query_only={int(only_reads)}")
        connection.info["only_reads"] = only_reads
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: sa.Connection) -> None:
    if reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
