"""The parent of every model of questionnaire content."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Content that cannot change, takes no unknown key and never guesses a type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


def tuples(data: object) -> object:
    """Return plain data (of YAML or JSON) with every list as a tuple, as the models want it."""
    if isinstance(data, dict):
        return {key: tuples(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(tuples(value) for value in data)
    return data
