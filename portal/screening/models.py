"""Tables of the short check of new suppliers."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.campaigns.models import FrozenQuestionnaire
from portal.store import AppendOnly, Base, BuyerOwned, JsonObject, PrimaryKey
from portal.suppliers.models import Supplier


class Screening(Base, BuyerOwned, AppendOnly):
    """What the buyer itself answered about a supplier; what a supplier answered is a declaration."""

    __tablename__ = "screening"

    id: Mapped[PrimaryKey]
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    frozen_id: Mapped[int] = mapped_column(sa.ForeignKey("frozen_questionnaire.id"))
    # {question id: value}, comments among them as `<question id>.comment`.
    answers: Mapped[JsonObject]
    # What the portal knew of the supplier then, as an invitation has it.
    context: Mapped[JsonObject]
    answered_at: Mapped[datetime]
    answered_by: Mapped[str]

    supplier: Mapped[Supplier] = relationship()
    frozen: Mapped[FrozenQuestionnaire] = relationship()
