"""Which Supplier Code of Conduct is in force on a day, in which language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import CodeOfConduct

# The neutral code that a buyer without one of its own asks its suppliers to accept.
SHIPPED_VERSION = "standard-1"
_CONTENT = Path(__file__).parent / "content"
SHIPPED_LOCALES = tuple(
    sorted(path.name.split(".")[1] for path in _CONTENT.glob("code_of_conduct.*.txt"))
)


@dataclass(frozen=True)
class CodeInForce:
    """The code a supplier is shown: `text`, or a file in the store under `storage_key`."""

    version: str
    locale: str
    filename: str
    media_type: str
    sha256: str
    text: str | None = None
    storage_key: str | None = None


def code_in_force(session: Session, on: date, locale: str) -> CodeInForce:
    """Return the code of the session's buyer that applies on the day `on`.

    It is the version with the latest starting day, in `locale`, else in English, else in whatever
    language it has; the shipped code if the buyer has none that applies yet.
    """
    applying = session.scalars(_APPLYING, {"on": on}).all()
    if not applying:
        return shipped_code(locale)
    by_locale = {
        row.locale: row for row in reversed(applying) if row.version == applying[0].version
    }
    row = by_locale.get(locale) or by_locale.get("en") or applying[0]
    return CodeInForce(
        version=row.version,
        locale=row.locale,
        filename=row.filename,
        media_type=row.media_type,
        sha256=row.sha256,
        text=row.text,
        storage_key=row.storage_key,
    )


_APPLYING = (
    sa.select(CodeOfConduct)
    .where(CodeOfConduct.applies_from <= sa.bindparam("on"))
    .order_by(CodeOfConduct.applies_from.desc(), CodeOfConduct.id.desc())
)


@cache
def shipped_code(locale: str) -> CodeInForce:
    """Return the code that comes with the portal, in English where `locale` has none."""
    spoken = locale if locale in SHIPPED_LOCALES else "en"
    name = f"code_of_conduct.{spoken}.txt"
    content = (_CONTENT / name).read_bytes()
    return CodeInForce(
        version=SHIPPED_VERSION,
        locale=spoken,
        filename=name,
        media_type="text/plain",
        sha256=hashlib.sha256(content).hexdigest(),
        text=content.decode(),
    )
