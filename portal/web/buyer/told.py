"""One line of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Told:
    """One thing that happened: a sentence, who did it, and the page that says more.

    `who` and `href` may be empty; `lines` say it in detail. `major` ones are drawn filled: asked,
    answered, rated.
    """

    at: datetime
    text: str
    who: str = ""
    href: str = ""
    major: bool = False
    lines: tuple[str, ...] = ()
