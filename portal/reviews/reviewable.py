"""Which declarations can be reviewed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.models import Declaration


class ReviewRefused(Exception):
    """It cannot be judged so; the message says why."""


def require_current(session: Session, declaration: Declaration) -> None:
    """Return if `declaration` is the one that counts.

    Raises:
        ReviewRefused: a later declaration corrects it.
    """
    later = sa.select(Declaration.id).where(Declaration.supersedes_id == declaration.id).limit(1)
    if session.scalar(later) is not None:
        raise ReviewRefused("This declaration has been corrected. Review the one that counts.")
