"""A buyer's settings of the model, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.orm import Session

from portal.ratings.models import RatingSettings
from portal.ratings.settings import BrokenPromise, ModelSettings
from portal.store import JsonObject
from portal.suppliers.sentences import Sentence, sentence


class Misfit(NamedTuple):
    """What is wrong: the setting's name with dots (empty for several together), and why."""

    name: str
    sentence: Sentence


class BadSettings(Exception):
    """Values are out of range, or the settings break a promise of the model."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__(
            " ".join(f"{name}: {said}" if name else str(said) for name, said in misfits)
        )
        self.misfits = tuple(misfits)


class Difference(NamedTuple):
    """One setting that changed: its name with dots, and its values as JSON data (None: not set)."""

    name: str
    before: JsonValue
    after: JsonValue


_NEWEST = sa.select(RatingSettings).order_by(RatingSettings.version.desc()).limit(1)


def settings_of(session: Session) -> ModelSettings:
    """Return the settings in force for the session's buyer; as shipped until it changes them."""
    newest = session.scalar(_NEWEST)
    return ModelSettings.from_data(newest.values) if newest else ModelSettings()


def versions(session: Session) -> list[RatingSettings]:
    """Return the kept versions, newest first."""
    rows = sa.select(RatingSettings).order_by(RatingSettings.version.desc())
    return list(session.scalars(rows))


def changed(before: ModelSettings, changes: Mapping[str, object]) -> ModelSettings:
    """Return the next version of `before` with `changes` (field -> value).

    Raises:
        BadSettings: a value is out of range, or the settings would make hiding or silence pay.
    """
    values = {**before.to_data(), **changes, "version": before.version + 1}
    try:
        return ModelSettings.from_data(values)
    except ValidationError as error:
        raise BadSettings([_misfit(one) for one in error.errors()]) from None


def keep(
    session: Session, settings: ModelSettings, *, reason: str, by: str, now: datetime
) -> RatingSettings:
    """Put `settings` in force for the session's buyer and return their row."""
    row = RatingSettings(
        version=settings.version,
        values=settings.to_data(),
        reason=reason,
        created_at=now,
        created_by=by,
    )
    session.add(row)
    session.flush()
    return row


def differences(before: JsonObject, after: JsonObject) -> list[Difference]:
    """Return what changed between two versions as `ModelSettings.to_data` writes them."""
    old, new = _flat(before), _flat(after)
    return [
        Difference(name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if name != "version" and old.get(name) != new.get(name)
    ]


def _flat(values: JsonObject, within: str = "") -> dict[str, JsonValue]:
    flat: dict[str, JsonValue] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{within}{name}.")
        else:
            flat[f"{within}{name}"] = value
    return flat


def _misfit(error: ErrorDetails) -> Misfit:
    """Return pydantic's fault as a sentence about the setting."""
    broken = error.get("ctx", {}).get("error")
    if isinstance(broken, BrokenPromise):
        return Misfit("", broken.sentence)
    name = ".".join(map(str, error["loc"]))
    if name.endswith(".reason"):
        return Misfit(name, sentence("Say why you set this index."))
    return Misfit(name, _limits(name))


def _limits(name: str) -> Sentence:
    """Return what the setting may be, from the model's own limits."""
    field, _, within = name.partition(".")
    if field == "severities":
        return sentence("Write a whole number from %(low)s to %(high)s.", low=1, high=5)
    low, high, above = (0, 100, None) if within else _range(field)
    if above is not None:
        return sentence("Write a number above %(low)s.", low=above)
    if high is None:
        return sentence("Write a number, at least %(low)s.", low=low)
    return sentence("Write a number from %(low)s to %(high)s.", low=low, high=high)


def _range(field: str) -> tuple[object, object, object]:
    """Return (at least, at most, more than) as the model limits a field; None for no limit."""
    limits = ModelSettings.model_fields[field].metadata
    found = (
        next((getattr(one, key) for one in limits if hasattr(one, key)), None) for key in _KEYS
    )
    low, high, above = found
    return low, high, above


_KEYS = ("ge", "le", "gt")
