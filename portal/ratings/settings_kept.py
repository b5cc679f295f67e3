"""A buyer's settings of the model, version by version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from pydantic import JsonValue, ValidationError
from sqlalchemy.orm import Session

from portal.ratings.models import RatingSettings
from portal.ratings.settings import ModelSettings
from portal.store import JsonObject


class BadSettings(Exception):
    """The settings break a promise of the model; the message says which."""


class Difference(NamedTuple):
    """One setting that changed: its name with dots, and its values as JSON data (None: not set)."""

    name: str
    before: JsonValue
    after: JsonValue


def settings_of(session: Session) -> ModelSettings:
    """Return the settings in force for the session's buyer; as shipped until it changes them."""
    newest = next(iter(versions(session, limit=1)), None)
    return ModelSettings.from_data(newest.values) if newest else ModelSettings()


def versions(session: Session, limit: int | None = None) -> list[RatingSettings]:
    """Return the kept versions, newest first."""
    rows = sa.select(RatingSettings).order_by(RatingSettings.version.desc()).limit(limit)
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
        raise BadSettings(" ".join(_sentence(one) for one in error.errors())) from None


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


def _sentence(error: Mapping[str, object]) -> str:
    """Return pydantic's word for one fault; our own promises stand behind "Value error, "."""
    place = error.get("loc")
    where = ".".join(map(str, place)) if isinstance(place, tuple) else ""
    text = str(error.get("msg", "")).removeprefix("Value error, ")
    return f"{where}: {text}." if where else text
