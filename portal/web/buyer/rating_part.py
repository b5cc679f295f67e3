"""What a supplier's page says of its rating and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.followup.action_queries import actions_of_supplier
from portal.followup.actions import is_overdue
from portal.ratings.finding_queries import findings_of
from portal.ratings.models import RatingRecord
from portal.ratings.queries import history
from portal.ratings.residual import UNANSWERED
from portal.store import JsonObject
from portal.suppliers.models import Supplier
from portal.web import clock
from portal.web.buyer import finding_words, rating_words

_SHOWN_HISTORY = 20


@dataclass(frozen=True)
class ShownLine:
    """One line of an explanation in the reader's language."""

    text: str
    points: str
    sources: list[rating_words.Source]


@dataclass(frozen=True)
class ShownRating:
    """A rating with its words in the reader's language."""

    row: RatingRecord
    basis: str
    trigger: str
    inherent: str
    residual: str
    effectiveness: str
    presumed: bool
    flags: list[str]
    lines: list[ShownLine]


def ratings(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return the supplier's rating and what it was before, newest first."""
    shown = [_shown(row) for row in history(session, supplier.id, _SHOWN_HISTORY)]
    return {"rating": shown[0] if shown else None, "history": shown}


def findings(session: Session, supplier: Supplier) -> Mapping[str, object]:
    """Return what the supplier's answers revealed or others report, and the corrective actions."""
    rows = findings_of(session, supplier.id)
    actions = actions_of_supplier(session, supplier.id)
    return {
        "supplier": supplier,
        "findings": finding_words.told(session, rows),
        "actions": actions,
        "measures": finding_words.measures(session, actions),
        "today": local_day(session, clock.now()),
        "is_overdue": is_overdue,
    }


def _shown(row: RatingRecord) -> ShownRating:
    return ShownRating(
        row=row,
        basis=str(rating_words.BASES[row.basis]),
        trigger=str(rating_words.TRIGGERS[row.trigger]),
        inherent=rating_words.decimal(row.inherent),
        residual=rating_words.decimal(row.residual),
        effectiveness=rating_words.share(100 * row.effectiveness),
        presumed=row.basis in UNANSWERED,
        flags=[rating_words.flag_name(code) for code in row.red_flags],
        lines=[_line(line, row) for line in row.explanation],
    )


def _line(line: JsonObject, row: RatingRecord) -> ShownLine:
    return ShownLine(
        text=rating_words.line_text(line),
        points=rating_words.signed(line["points"]),
        sources=rating_words.sources(line["source"], row.inputs["reference"]["sources"]),
    )
