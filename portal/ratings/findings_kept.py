"""Findings and red flags as rows: what a declaration revealed, kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration
from portal.questionnaires.consistency import Contradiction
from portal.ratings.declared import Declared
from portal.ratings.doubts import contradictions_of
from portal.ratings.findings import INFORMATION_GAP_AREA
from portal.ratings.findings import Finding as Found
from portal.ratings.models import Finding, FindingStatus, RedFlag

BY_ANSWER = "answer"


_KEPT = sa.select(Finding).where(Finding.declaration_id == sa.bindparam("declaration_id"))


def keep(session: Session, declared: Declared, now: datetime) -> list[Finding]:
    """Write what `declared` reveals, once, and return its findings, checks across answers last.

    A correction closes the findings of the declaration it replaces, except those under a red flag
    or made by hand: only a person clears these, with a reason.
    """
    declaration = declared.declaration
    written = list(session.scalars(_KEPT, {"declaration_id": declaration.id}))
    if written:
        return written
    assessment = declared.assessed()
    found = assessment.findings
    homes = {
        question.id: each.id for each in declared.questionnaires for question in each.questions()
    }
    _close_replaced(session, declaration, now)
    rows = [_row(declaration, one, homes[one.question], now) for one in found]
    for row, one in zip(rows, found, strict=True):
        if one.red_flag:
            row.flag_id = _raise_flag(session, declaration, one.question, one.red_flag, now)
    doubts = contradictions_of(session, declared, assessment)
    rows += [_mark(declaration, one, homes, now) for one in doubts]
    session.add_all(rows)
    session.flush()
    return rows


def _row(declaration: Declaration, found: Found, questionnaire_id: str, now: datetime) -> Finding:
    return Finding(
        public_id=str(uuid4()),
        declaration_id=declaration.id,
        supplier_id=declaration.supplier_id,
        questionnaire_id=questionnaire_id,
        question_id=found.question,
        rule=found.rule,
        areas=list(found.areas),
        severity=found.severity,
        red_flag=found.red_flag is not None,
        text=found.text,
        measure=found.action,
        norms=list(found.norm),
        points=found.points,
        created_at=now,
    )


def _mark(
    declaration: Declaration, found: Contradiction, homes: Mapping[str, str], now: datetime
) -> Finding:
    """Return the buyer's mark on answers that may not fit together: no points, no flag, no rating."""
    # Of the declaration as a whole: it stands with the first questionnaire and no question.
    first = found.questions[0] if found.questions else ""
    return Finding(
        public_id=str(uuid4()),
        declaration_id=declaration.id,
        supplier_id=declaration.supplier_id,
        questionnaire_id=homes.get(first) or next(iter(homes.values())),
        question_id=first,
        check_id=found.check.id,
        areas=[INFORMATION_GAP_AREA],
        severity="low" if found.check.level == "clarify" else "info",
        text=found.check.text,
        measure=found.check.action,
        created_at=now,
    )


def _close_replaced(session: Session, declaration: Declaration, now: datetime) -> None:
    if declaration.supersedes_id is None:
        return
    session.execute(
        sa.update(Finding)
        .where(
            Finding.declaration_id == declaration.supersedes_id,
            Finding.status == FindingStatus.OPEN,
            Finding.red_flag.is_(False),
            Finding.made_by == "",
        )
        .values(status=FindingStatus.CLOSED, closed_at=now)
    )


def _raise_flag(
    session: Session, declaration: Declaration, question_id: str, code: str, now: datetime
) -> int:
    """Return the id of the flag over the supplier: a new one, unless the same answer has raised it."""
    standing = session.scalar(
        sa.select(RedFlag.id)
        .where(
            RedFlag.supplier_id == declaration.supplier_id,
            RedFlag.code == code,
            RedFlag.source_kind == BY_ANSWER,
            RedFlag.source == question_id,
            RedFlag.cleared_at.is_(None),
        )
        .limit(1)
    )
    if standing is not None:
        return standing
    flag = RedFlag(
        supplier_id=declaration.supplier_id,
        code=code,
        source_kind=BY_ANSWER,
        source=question_id,
        declaration_id=declaration.id,
        set_at=now,
    )
    session.add(flag)
    session.flush()
    return flag.id
