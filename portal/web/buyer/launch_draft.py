"""A launch between its steps: kept in the browser's signed session, written nowhere else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from flask import session

from portal.campaigns.plan import DEFAULT_PLAN
from portal.campaigns.scope import Scope, parse_scope
from portal.campaigns.service import kind_asked
from portal.questionnaires.schema import Questionnaire
from portal.suppliers.models import Supplier, SupplierKind
from portal.web.buyer.offering import offered

_KEY = "launch"


@dataclass(frozen=True)
class Draft:
    """What has been chosen so far."""

    title: str = ""
    purpose: str = ""
    reporting: bool = False
    questionnaires: tuple[str, ...] = ()
    scope_rule: str = ""
    deadline: str = ""
    plan: tuple[int, ...] = DEFAULT_PLAN
    # Begun from a list of whose answers expire: so they are asked although some are valid still.
    asks_valid: bool = False
    # The campaign whose choices it began with.
    repeats: int | None = None

    @property
    def scope(self) -> Scope:
        """Which suppliers are chosen."""
        return parse_scope(self.scope_rule)

    @property
    def day(self) -> date | None:
        """The deadline, or None where none is chosen yet."""
        return date.fromisoformat(self.deadline) if self.deadline else None

    @property
    def kind(self) -> SupplierKind:
        """Whom the chosen questionnaires are for; the first step lets only one kind through."""
        return kind_asked(self.chosen())

    def chosen(self) -> list[Questionnaire]:
        """Return the questionnaires that are chosen, in the order they are asked."""
        return [each for each in offered() if each.id in self.questionnaires]


def current() -> Draft:
    """Return the launch that this browser is preparing."""
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in session.get(_KEY, {}).items()
    }
    return Draft(**kept)


def keep(**changes: object) -> None:
    """Remember what a step has chosen."""
    session[_KEY] = asdict(replace(current(), **changes))  # type: ignore[arg-type]  # by name


def begin(draft: Draft) -> None:
    """Let this browser go on from `draft`, whatever it was preparing."""
    session[_KEY] = asdict(draft)


def forget() -> None:
    """Begin anew next time."""
    session.pop(_KEY, None)


def only(supplier: Supplier) -> Scope:
    """Return the scope that asks this supplier and nobody else."""
    return Scope(key=(supplier.key,))
