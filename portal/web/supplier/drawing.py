"""Questions as HTML: the same answer to the same question is drawn once and kept.

Kept are only questions with nothing to say to one supplier alone: no answer in its own words, no comment,
no file, no error. So what is kept stays small, and nothing about anybody is in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import flask_babel
from flask import current_app
from markupsafe import Markup

from portal.questionnaires.schema import Question
from portal.suppliers.countries import country_codes, country_name

_KEPT = 8192
_Choice = str | tuple[str, ...] | None


@dataclass
class Drawn:
    """What the macro of a question is given, beside the question."""

    q: Question
    value: Any
    comment: str
    visible: bool
    revision: int
    files: list[dict[str, Any]]
    cell_files: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    cell_errors: dict[str, str] = field(default_factory=dict)
    comment_errors: list[str] = field(default_factory=list)
    conflict: dict[str, str] | None = None
    proposed: str = ""
    extra: bool = False
    blank_rows: int = 1

    @property
    def plain(self) -> bool:
        """Whether the question looks the same for everybody who gave the same answer."""
        own = (
            self.comment,
            self.files,
            self.cell_files,
            self.errors,
            self.cell_errors,
            self.comment_errors,
            self.proposed,
        )
        usual = self.conflict is None and self.blank_rows == 1
        return usual and not any(own) and _is_choice(self.q, self.value)


@dataclass(frozen=True)
class _Plain:
    """What a plain question's looks depend on; `question` is the id() of `q`, which is held here."""

    question: int
    locale: str
    choice: _Choice
    visible: bool
    revision: int
    extra: bool
    q: Question = field(compare=False)


def draw(drawn: Drawn, caller: Callable[[], Markup] | None = None) -> Markup:
    """Return the question as HTML; what `caller` returns stands between hint and input."""
    locale = str(flask_babel.get_locale())
    if caller is None and drawn.plain:
        choice = tuple(drawn.value) if isinstance(drawn.value, list) else drawn.value
        looks = (id(drawn.q), locale, choice, drawn.visible, drawn.revision, drawn.extra)
        return _plain(_Plain(*looks, drawn.q))
    return _macro(
        drawn.q,
        value=drawn.value,
        comment=drawn.comment,
        errors=drawn.errors,
        visible=drawn.visible,
        revision=drawn.revision,
        files=drawn.files,
        cell_files=drawn.cell_files,
        conflict=drawn.conflict,
        countries=countries(locale),
        cell_errors=drawn.cell_errors,
        comment_errors=drawn.comment_errors,
        proposed=drawn.proposed,
        extra=drawn.extra,
        blank_rows=drawn.blank_rows,
        **({"caller": caller} if caller else {}),
    )


@lru_cache(maxsize=_KEPT)
def _plain(looks: _Plain) -> Markup:
    return _macro(
        looks.q,
        value=looks.choice,
        visible=looks.visible,
        revision=looks.revision,
        extra=looks.extra,
        countries=countries(looks.locale),
    )


def _macro(q: Question, **values: object) -> Markup:
    module = current_app.jinja_env.get_template("macros/questions.html").module
    question: Callable[..., Markup] = cast("Any", module).question
    return question(q, **values)


def _is_choice(question: Question, value: object) -> bool:
    """Return whether `value` is no answer, or one out of those that the question offers."""
    if value is None:
        return True
    choices = question.choices()
    if isinstance(value, list):
        return all(isinstance(each, str) and each in choices for each in value)
    return isinstance(value, str) and value in choices


@lru_cache(maxsize=64)
def countries(locale: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country in the order of `locale`'s names."""
    named = [(code, country_name(code, locale)) for code in country_codes()]
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))
