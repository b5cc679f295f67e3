"""The kind of value this room works with: frozen, checked, and writable as JSON."""

from typing import Self

from pydantic import BaseModel, ConfigDict, JsonValue


class Record(BaseModel):
    """A frozen value object that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_data(self) -> dict[str, JsonValue]:
        """Return the record as plain JSON data (nothing for None), to be stored with a rating."""
        return self.model_dump(mode="json", exclude_none=True)

    def to_json(self) -> str:
        """Return `to_data` as JSON."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the record that `to_data` wrote; raises `ValueError` where it does not fit."""
        return cls.model_validate(data)
