"""Findings, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings.models import Finding, FindingStatus
from portal.suppliers.models import Supplier, SupplierKind

SEVERITIES = ("critical", "high", "medium", "low", "info")
PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which findings; what is left empty does not narrow."""

    severity: str = ""
    area: str = ""
    red_flag: bool | None = None
    status: FindingStatus | None = None
    kind: SupplierKind | None = None


@dataclass(frozen=True)
class Found:
    """One page of findings, and how many there are; `first` and `last` count from 1."""

    rows: list[Finding]
    total: int
    page: int

    @property
    def first(self) -> int:
        """The number of the first row."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.first + len(self.rows) - 1


def findings(session: Session, wanted: Wanted, page: int) -> Found:
    """Return one page (from 1, of 50) of the session's buyer's findings."""
    fitting = sa.select(Finding).join(Supplier, Supplier.id == Finding.supplier_id)
    fitting = fitting.where(*_conditions(wanted))
    total = session.scalar(sa.select(sa.func.count()).select_from(fitting.subquery())) or 0
    rows = session.scalars(
        fitting.order_by(Finding.red_flag.desc(), _gravity(), Supplier.name, Finding.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return Found(list(rows), total, page)


def findings_of(session: Session, supplier_id: int) -> list[Finding]:
    """Return a supplier's findings: open ones first, then by gravity."""
    return list(
        session.scalars(
            sa.select(Finding)
            .where(Finding.supplier_id == supplier_id)
            .order_by(
                Finding.status == FindingStatus.CLOSED,
                Finding.red_flag.desc(),
                _gravity(),
                Finding.id,
            )
        )
    )


def marks_of(session: Session, declaration_id: int) -> list[Finding]:
    """Return where answers of a declaration may not fit together, in the order of the checks."""
    return list(
        session.scalars(
            sa.select(Finding)
            .where(Finding.declaration_id == declaration_id, Finding.check_id != "")
            .order_by(Finding.id)
        )
    )


def finding_by(session: Session, public_id: str) -> Finding | None:
    """Return the finding with this public id; None if the session's buyer has none."""
    return session.scalar(sa.select(Finding).where(Finding.public_id == public_id))


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.severity:
        conditions.append(Finding.severity == wanted.severity)
    if wanted.area:
        # The list is kept as JSON text, where every id stands in quotes.
        listed = sa.cast(Finding.areas, sa.Text)
        conditions.append(listed.contains(f'"{wanted.area}"', autoescape=True))
    if wanted.red_flag is not None:
        conditions.append(Finding.red_flag.is_(wanted.red_flag))
    if wanted.kind:
        conditions.append(Supplier.kind == wanted.kind)
    if wanted.status:
        conditions.append(Finding.status == wanted.status)
    return conditions


def _gravity() -> sa.ColumnElement[int]:
    return sa.case({name: rank for rank, name in enumerate(SEVERITIES)}, value=Finding.severity)
