"""The buyer's heat map: how many suppliers stand at which level of each topic, by category or place.

Read from what is kept with each supplier's newest rating, in one query; nothing is rated again.
Source: the rating model, section 4.7: severity before likelihood, and no average.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings.models import RatingRecord
from portal.ratings.rated_kinds import is_rated
from portal.ratings.residual import UNANSWERED
from portal.ratings.settings import Band
from portal.ratings.settings_kept import settings_of
from portal.store import JsonObject
from portal.suppliers.models import Supplier, SupplierStatus

# Gravest first, as a cell lists them.
LEVELS = tuple(reversed(Band))


class By(enum.StrEnum):
    """What the suppliers are grouped by; the value stands in the address."""

    CATEGORY = "category"
    COUNTRY = "country"
    BAND = "band"


class Rated(NamedTuple):
    """A supplier's group and what is kept of its topics; `topics` is None before the first rating."""

    group: str
    topics: JsonObject | None
    basis: str | None


@dataclass
class Cell:
    """Suppliers of one group in one topic: how many at each level, and of how many nothing is known.

    `silent` counts those in `levels` that have answered nothing: their level is that of country
    and category alone.
    """

    levels: Counter[Band] = field(default_factory=Counter)
    silent: int = 0
    unknown: int = 0

    @property
    def worst(self) -> Band | None:
        """The highest level that any supplier has; None where all are unknown."""
        return next((level for level in LEVELS if self.levels[level]), None)

    def heat(self, severity: int) -> Band | None:
        """Return how strongly the cell is coloured; None for unknown.

        A cell is drawn as low only where every supplier is known and has answered.
        """
        found = heat(severity, self.worst) if self.worst else None
        return None if found is Band.LOW and (self.unknown or self.silent) else found


@dataclass(frozen=True)
class TopicRow:
    """One topic: its severity, its cell over all groups, and a cell per group of the map."""

    topic: str
    severity: int
    all: Cell
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class TopicMap:
    """The topics, gravest first, and the groups with how many suppliers each has, largest first."""

    suppliers: int
    groups: Sequence[tuple[str, int]]
    rows: Sequence[TopicRow]


def topic_map(session: Session, by: By) -> TopicMap:
    """Return the map of the active suppliers of the session's buyer."""
    newest = (
        sa.select(sa.func.max(RatingRecord.id))
        .where(RatingRecord.supplier_id == Supplier.id)
        .correlate(Supplier)
        .scalar_subquery()
    )
    group = {
        By.CATEGORY: Supplier.category,
        By.COUNTRY: Supplier.country,
        By.BAND: sa.func.coalesce(RatingRecord.band, "none"),
    }[by]
    rows = session.execute(
        sa.select(group, RatingRecord.topics, RatingRecord.basis)
        .select_from(Supplier)
        .outerjoin(RatingRecord, RatingRecord.id == newest)
        .where(is_rated(), Supplier.status == SupplierStatus.ACTIVE)
    )
    return drawn((Rated._make(row) for row in rows), settings_of(session).severity)


def drawn(rated: Iterable[Rated], severity: Callable[[str], int]) -> TopicMap:
    """Return the map of these suppliers; a topic that nobody has does not stand in it."""
    suppliers = list(rated)
    sizes = Counter(one.group for one in suppliers)
    topics = {topic for one in suppliers for topic in one.topics or ()}
    rows = [_row(topic, severity(topic), suppliers) for topic in topics]
    return TopicMap(
        suppliers=len(suppliers),
        groups=sorted(sizes.items(), key=lambda group: (-group[1], group[0])),
        rows=sorted(rows, key=_gravity),
    )


def heat(severity: int, level: Band) -> Band:
    """Return how strongly a level of a topic is coloured: severity counts before likelihood.

    The gravest topics (5) are drawn a level up, those of severity 3 or less a level down; only what
    is low is drawn so, and it stays so, since severity alone is no sign of harm.
    """
    if level is Band.LOW:
        return level
    bands = list(Band)
    shift = 1 if severity >= 5 else -1 if severity <= 3 else 0
    return bands[max(1, min(len(bands) - 1, bands.index(level) + shift))]


def _row(topic: str, severity: int, suppliers: Iterable[Rated]) -> TopicRow:
    together, cells = Cell(), defaultdict[str, Cell](Cell)
    for one in suppliers:
        kept = (one.topics or {}).get(topic)
        for cell in (together, cells[one.group]):
            if kept is None:
                cell.unknown += 1
            else:
                cell.levels[Band(kept["band"])] += 1
                cell.silent += one.basis in UNANSWERED
    return TopicRow(topic, severity, together, cells)


def _gravity(row: TopicRow) -> tuple[int, tuple[int, ...], str]:
    return -row.severity, tuple(-row.all.levels[level] for level in LEVELS), row.topic
