"""What is rated: one supplier as the buyer knows it, with what the supplier has answered."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, cast

from pydantic import Field, PlainSerializer, PlainValidator

from portal.ratings.record import Record
from portal.ratings.settings import Value
from portal.suppliers.categories import Stage

CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class State(StrEnum):
    """How far the supplier has come with what it was asked."""

    NOT_INVITED = "not_invited"
    OPEN = "open"
    DECLARED = "declared"
    OVERDUE = "overdue"
    DECLINED = "declined"


class Criticality(StrEnum):
    """How much the buyer's business depends on the supplier; it orders the work, no more."""

    A = "A"
    B = "B"
    C = "C"


class Credit(NamedTuple):
    """What one question of the fixed set has earned.

    A plain tuple, and kept as a list: a supplier has a hundred, and everybody is rated again at once.

    `weight` is the question's own weight (1 = five points), before severity. `answered_on` is the
    day the answer was given or last confirmed; `evidence_until` the last day its evidence holds.
    """

    question: str
    topic: str
    weight: float = 1.0
    value: Value = Value.UNANSWERED
    answered_on: date | None = None
    evidence_until: date | None = None


_VALUES = {value.value: value for value in Value}


def _read_credits(given: object) -> tuple[Credit, ...]:
    """Return credits as they are, or from the lists that are kept."""
    if isinstance(given, tuple):
        return given
    read = cache(date.fromisoformat)
    try:
        return tuple(
            [
                Credit(
                    question,
                    topic,
                    weight,
                    _VALUES[value],
                    answered and read(answered),
                    until and read(until),
                )
                for question, topic, weight, value, answered, until in cast(
                    "list[list[Any]]", given
                )
            ]
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a list of credits: {error!r}") from error


# What is kept of a credit, in the order of its fields.
_Kept = tuple[str, str, float, str, date | None, date | None]
Credits = Annotated[
    tuple[Credit, ...],
    PlainValidator(_read_credits),
    PlainSerializer(list, return_type=list[_Kept]),
]


class RedFlag(Record):
    """A standing red flag: its code, and the source that set it (answer, person or import)."""

    code: str
    source: str


class Case(Record):
    """All inputs of a rating that are about the supplier; the rating follows from nothing else.

    `country` is where the supplier is registered. `origin_asked` means that it has been asked
    where its goods are made and has had its say: an empty `production_countries` is then an answer
    withheld, otherwise merely unknown. `credits` is the whole question set, fixed when it was sent.

    `from_public` says that the credits are not the supplier's word: a person of the buyer read them
    in public documents while the supplier had declared nothing.

    What declarations have told is also kept as it came: `declared_countries` (they stand among
    `production_countries`) and `rests_on`, which names what it was read from. No figure uses these.
    """

    country: CountryCode
    production_countries: tuple[CountryCode, ...] = ()
    origin_asked: bool = False
    category: str | None = None
    stage: Stage | None = None
    criticality: Criticality | None = None
    state: State = State.NOT_INVITED
    credits: Credits = ()
    from_public: bool = False
    red_flags: tuple[RedFlag, ...] = ()
    rests_on: str = ""
    declared_countries: tuple[CountryCode, ...] = ()
