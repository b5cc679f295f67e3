"""Answers kept apart: one questionnaire asked of one supplier for each agreement or material.

Every id of a copy ends in `__` and the number of what it is about, which no id of an author can.
So drafts, pages, seals, findings and ratings keep the sets apart without knowing of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from portal.questionnaires.conditions import Leaf
from portal.questionnaires.schema import Question, Questionnaire, Rule, Section
from portal.questionnaires.strict import Strict

Model = TypeVar("Model", bound=Strict)
MARK = "__"
# Facts of an agreement that conditions may speak of.
FACTS = ("agreement.",)


@dataclass(frozen=True)
class About:
    """An agreement or a material as it was when asked; `kind` is the scope it answers for."""

    number: int
    kind: str
    key: str
    title: str
    place: str = ""
    min_hourly_rate: float | None = None

    def facts(self) -> dict[str, Any]:
        """Return the plain values that are frozen with an invitation and sealed."""
        return asdict(self)


def asked_id(name: str) -> str:
    """Return the id that the author gave; `name` may be that of a copy."""
    return name.split(MARK, 1)[0]


def abouts(facts: Iterable[Mapping[str, Any]] | None) -> tuple[About, ...]:
    """Return what an invitation's frozen facts are about; one that is only previewed has none yet."""
    return tuple(About(**each) for each in facts or ())


def context_values(about: Sequence[About]) -> dict[str, float]:
    """Return what conditions of the copies call `ctx`."""
    return {
        f"agreement.min_hourly_rate{MARK}{each.number}": each.min_hourly_rate
        for each in about
        if each.min_hourly_rate is not None
    }


def sets(questionnaire: Questionnaire, about: Sequence[About]) -> Iterator[Questionnaire]:
    """Yield the questionnaire once for each agreement or material of its scope.

    Without one it is asked once, of the supplier as a whole.
    """
    mine = [each for each in about if each.kind == questionnaire.scope]
    if not mine:
        yield questionnaire
    for each in mine:
        yield _copy(_Wanted(questionnaire, each))


def about_of(copied_id: str, about: Iterable[About]) -> About | None:
    """Return what the copy of a questionnaire or question is about; None where it is asked once."""
    _, mark, number = copied_id.partition(MARK)
    return next((each for each in about if mark and str(each.number) == number), None)


class _Wanted:
    """What is remembered: the very object, since comparing a questionnaire takes long."""

    def __init__(self, questionnaire: Questionnaire, about: About) -> None:
        self.questionnaire, self.about = questionnaire, about

    def __hash__(self) -> int:
        return hash((id(self.questionnaire), self.about))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Wanted)
            and self.questionnaire is other.questionnaire
            and self.about == other.about
        )


@lru_cache(maxsize=1024)
def _copy(wanted: _Wanted) -> Questionnaire:
    questionnaire, about = wanted.questionnaire, wanted.about
    own = frozenset(question.id for question in questionnaire.questions())
    copy = renamed(questionnaire, own, f"{MARK}{about.number}")
    return copy.model_copy(update={"title": f"{questionnaire.title} – {about.title}"})


def renamed(model: Model, own: frozenset[str], end: str) -> Model:
    """Return a copy in which the ids of questions and sections end in `end`.

    `own` are the questions that conditions and texts shall name so. Facts of an agreement are known
    by its number: where `end` names it, they end so too.
    """
    changes: dict[str, object] = {
        name: _inner(getattr(model, name), own, end) for name in model.model_fields_set
    }
    if isinstance(model, Questionnaire | Section | Question):
        changes["id"] = model.id + end
    elif isinstance(model, Leaf):
        for name in ("q", "lt_q", "eq_q"):
            other = cast("str | None", getattr(model, name))
            changes |= {name: other + end} if other in own else {}
        for name in ("ctx", "lt_ctx"):
            key = cast("str | None", getattr(model, name))
            changes |= {name: key + end} if key and _is_numbered(key, end) else {}
    elif isinstance(model, Rule):
        for name in ("finding", "action"):
            changes[name] = _refer(getattr(model, name), own, end)
    return model.model_copy(update=changes)


def _is_numbered(key: str, end: str) -> bool:
    return end.startswith(MARK) and key.startswith(FACTS)


def _inner(value: object, own: frozenset[str], end: str) -> object:
    if isinstance(value, Strict):
        return renamed(value, own, end)
    if isinstance(value, tuple):
        return tuple(_inner(each, own, end) for each in value)
    return value


def _refer(text: str, own: frozenset[str], end: str) -> str:
    for name in own:
        text = text.replace(f"{{ref:{name}}}", f"{{ref:{name}{end}}}")
    return text
