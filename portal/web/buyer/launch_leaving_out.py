"""Whom a launch by page leaves out: those whose answers hold, and if wanted those asked lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from portal.campaigns.audience import Audience, Repeated
from portal.reviews.holding import still_valid
from portal.web.buyer.launch_draft import Draft


@dataclass(frozen=True)
class LeavingOut:
    """What the register says about `everybody`, and what the person at the page has chosen."""

    everybody: Audience
    holding: Mapping[int, date]
    """Supplier id -> the day until which its earlier answers hold, for all it would be asked."""
    asks_the_valid: bool
    skips_the_recent: bool

    @property
    def still_valid(self) -> Mapping[int, date]:
        """Those that are not asked because their answers hold."""
        return {} if self.asks_the_valid else self.holding

    @property
    def already_asked(self) -> list[Repeated]:
        """Those asked the same lately, without the ones that are not asked anyway."""
        valid = self.still_valid
        return [one for one in self.everybody.already_asked if one.supplier.id not in valid]

    @property
    def recent(self) -> list[int]:
        """The ids of those that are not asked because they were asked lately."""
        return [one.supplier.id for one in self.already_asked] if self.skips_the_recent else []

    @property
    def found(self) -> Audience:
        """Who is left."""
        return self.everybody.without({*self.recent, *self.still_valid})

    @property
    def kept(self) -> dict[str, str]:
        """What has to stand in the address, or be posted, for the same choice."""
        repeat = {"repeat": "leave_out"} if self.skips_the_recent else {}
        return {"valid": "ask" if self.asks_the_valid else "leave_out"} | repeat


def leaving_out(session: Session, draft: Draft, everybody: Audience) -> LeavingOut:
    """Return who of `everybody` is left out, as the request chooses (`valid`, `repeat`)."""
    ids = [one.supplier.id for one in everybody.asked]
    until = draft.day or date.max
    preset = "ask" if draft.asks_valid else "leave_out"
    return LeavingOut(
        everybody,
        still_valid(session, ids, draft.chosen(), until, reporting=draft.reporting),
        asks_the_valid=request.values.get("valid", preset) == "ask",
        skips_the_recent=request.values.get("repeat") == "leave_out",
    )
