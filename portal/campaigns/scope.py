"""The rule that says which suppliers a campaign asks, written as text and printed back in reports.

`criticality=A,B country=CN category=electronic_components channel=producer spend>=100000`: every
part must hold, and a comma means "or". Nothing written means every active supplier.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from urllib.parse import quote, unquote

import sqlalchemy as sa

from portal.suppliers.categories import load_categories
from portal.suppliers.countries import country_code, suggest
from portal.suppliers.models import Channel, Criticality, Supplier, SupplierStatus

_PART = re.compile(r"(?P<name>[a-z_]+)(?P<sign>>=|<=|=)(?P<value>\S+)")


class BadScope(Exception):
    """The text is not a scope rule; the message says which part, and what to write."""


@dataclass(frozen=True)
class Scope:
    """Which suppliers are asked; an empty field lets everybody through.

    `country` is where the supplier is registered. `spend_from` and `spend_to` compare the yearly
    spend as it is registered, in whatever currency; a supplier without a figure is then left out.
    `key` names single suppliers.
    """

    criticality: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    spend_from: Decimal | None = None
    spend_to: Decimal | None = None

    def __str__(self) -> str:
        """Return the rule as it is written; `parse_scope` reads it back."""
        listed = [
            f"{each.name}={','.join(map(_written, getattr(self, each.name)))}"
            for each in fields(self)
            if isinstance(getattr(self, each.name), tuple) and getattr(self, each.name)
        ]
        limits = ((">=", self.spend_from), ("<=", self.spend_to))
        return " ".join([*listed, *(f"spend{sign}{n:f}" for sign, n in limits if n is not None)])

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Return what must hold of an active supplier, for a query on `Supplier`."""
        held: list[sa.ColumnElement[bool]] = [Supplier.status == SupplierStatus.ACTIVE]
        held += [
            column.in_(values)
            for column, values in (
                (Supplier.criticality, self.criticality),
                (Supplier.country, self.country),
                (Supplier.category, self.category),
                (Supplier.channel, self.channel),
                (Supplier.key, self.key),
            )
            if values
        ]
        if self.spend_from is not None:
            held.append(Supplier.spend >= self.spend_from)
        if self.spend_to is not None:
            held.append(Supplier.spend <= self.spend_to)
        return held


def _written(value: str) -> str:
    """Return a value without what would end it in a rule; a supplier's key may hold anything."""
    return re.sub(r"[\s,%]", lambda found: quote(found[0], safe=""), value)


def parse_scope(text: str) -> Scope:
    """Return the rule that `text` writes down.

    Raises:
        BadScope: naming the part that is wrong.
    """
    values: dict[str, tuple[str, ...] | Decimal] = {}
    for part in text.split():
        match = _PART.fullmatch(part)
        if match is None:
            raise BadScope(f"The part '{part}' is not a rule. Write it like criticality=A,B.")
        name, value = _clause(part, match["name"], match["sign"], match["value"])
        if name in values:
            raise BadScope(f"The part '{part}' repeats '{match['name']}'. Join them with commas.")
        values[name] = value
    return Scope(**values)  # type: ignore[arg-type]  # each name comes with its own kind of value


def _clause(part: str, name: str, sign: str, text: str) -> tuple[str, tuple[str, ...] | Decimal]:
    if name == "spend":
        if sign == "=":
            raise BadScope(f"The part '{part}' needs >= or <= instead of =.")
        return ("spend_from" if sign == ">=" else "spend_to"), _amount(part, text)
    if name not in _READERS:
        known = ", ".join([*_READERS, "spend"])
        raise BadScope(f"The part '{part}' is about '{name}'. Use one of: {known}.")
    if sign != "=":
        raise BadScope(f"The part '{part}' needs = instead of {sign}.")
    given = [value for value in text.split(",") if value]
    if not given:
        raise BadScope(f"The part '{part}' names nothing.")
    return name, tuple(dict.fromkeys(_READERS[name](part, value) for value in given))


def _amount(part: str, text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise BadScope(f"The part '{part}' needs an amount in digits, like spend>=100000.")
    return amount


def _criticality(part: str, value: str) -> str:
    if value.upper() not in set(Criticality):
        raise BadScope(f"The part '{part}' has '{value}'. A criticality is A, B or C.")
    return value.upper()


def _country(part: str, value: str) -> str:
    code = country_code(value)
    if code is None:
        near = suggest(value)
        hint = f" Did you mean {near}?" if near else " Write the two letters, like CN."
        raise BadScope(f"The part '{part}': the country '{value}' is not known.{hint}")
    return code


def _category(part: str, value: str) -> str:
    known = list(load_categories())
    if value.lower() not in known:
        near = get_close_matches(value.lower(), known, n=1, cutoff=0.6)
        hint = f" Did you mean {near[0]}?" if near else f" Known are {', '.join(known)}."
        raise BadScope(f"The part '{part}': the category '{value}' is not known.{hint}")
    return value.lower()


def _channel(part: str, value: str) -> str:
    if value.lower() not in set(Channel):
        raise BadScope(f"The part '{part}' has '{value}'. A channel is producer or dealer.")
    return value.lower()


_READERS: dict[str, Callable[[str, str], str]] = {
    "criticality": _criticality,
    "country": _country,
    "category": _category,
    "channel": _channel,
    "key": lambda _part, value: unquote(value),
}
