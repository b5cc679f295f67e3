"""What can be wrong with an answer: codes with parameters, put into words at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Code = Literal[
    "required",
    "comment_required",
    "file_required",
    "not_a_number",
    "below_min",
    "above_max",
    "not_a_date",
    "in_future",
    "not_an_email",
    "not_a_url",
    "unknown_option",
    "exclusive_with_others",
    "too_long",
    "too_few_rows",
    "too_many_rows",
    "bad_country",
]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what stands in the field `name` (as it is posted).

    `params` by code: below_min `min`, above_max `max`, too_long `max` and `length`, too_few_rows
    `min`, too_many_rows `max`, unknown_option and exclusive_with_others `option`, bad_country and
    not_a_number `given`.
    """

    name: str
    code: Code
    params: Mapping[str, str | int | float] = field(default_factory=dict)
