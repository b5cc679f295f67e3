"""Reference data in force: what the portal ships, and the publications the operator has loaded."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from portal.ratings.models import Publication
from portal.ratings.publication_figures import Loaded
from portal.ratings.reference import Figures, ReferenceData, Source, shipped
from portal.store import JsonObject

# Versions in memory at once: one in force, one being looked at, and some of other databases.
_REMEMBERED = 8


def reference(session: Session) -> ReferenceData:
    """Return the reference data in force; the newest loaded publication of each source counts."""
    rows = publications(session)
    return _put_together(tuple(_Known(row) for row in rows))


def publications(session: Session) -> list[Publication]:
    """Return the loaded publications in force, in the order they were loaded."""
    return list(session.scalars(_IN_FORCE))


_IN_FORCE = (
    sa.select(Publication)
    .where(
        Publication.id.in_(sa.select(sa.func.max(Publication.id)).group_by(Publication.source_id))
    )
    .order_by(Publication.id)
    .options(defer(Publication.figures))
)


def keep(
    session: Session, loaded: Loaded, content: bytes, file_name: str, now: datetime
) -> Publication:
    """Put what was read from a file in force, for every buyer, and return its row."""
    row = Publication(
        source_id=loaded.source.id,
        title=loaded.source.title,
        edition=loaded.source.edition,
        year=loaded.source.year,
        figures=loaded.figures.to_data(),
        file_name=file_name,
        sha256=sha256(content).hexdigest(),
        loaded_at=now,
    )
    session.add(row)
    session.flush()
    return row


class _Known:
    """A publication as the key of what was put together: rows never change once they are kept."""

    def __init__(self, row: Publication) -> None:
        self.key = (row.id, row.sha256, row.loaded_at)
        self.source = Source(id=row.source_id, title=row.title, edition=row.edition, year=row.year)
        self._row = row

    @property
    def figures(self) -> JsonObject:
        """The figures by country: long, and read only when they are put together anew."""
        return self._row.figures

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.key == other.key


@lru_cache(maxsize=_REMEMBERED)
def _put_together(known: tuple[_Known, ...]) -> ReferenceData:
    data = shipped()
    for one in known:
        data = data.with_figures(one.source, Figures.from_data(one.figures))
    return data
