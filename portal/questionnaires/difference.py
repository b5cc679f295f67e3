"""What one version of a questionnaire has otherwise than another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portal.questionnaires.schema import Question, Questionnaire, Section
from portal.questionnaires.strict import Strict

# What may differ, in the order it is told; a version is meant to differ.
OF_THE_WHOLE = (
    "title", "intro", "audience", "scope", "estimated_minutes", "validity_months",
    "recommended_cadence", "privacy_notice", "signature", "routing",
)  # fmt: skip
OF_A_SECTION = ("title", "intro", "visible_if")
OF_A_QUESTION = (
    "text", "help", "type", "required", "tier", "options", "rows", "columns", "allow_unknown",
    "visible_if", "comment_required_if", "unit", "min", "max", "min_rows", "max_rows", "format",
    "not_future", "reuse", "shows", "evidence", "areas", "norm", "vs", "pii", "row_entity", "risk",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One key that has another value; both as the models hold them."""

    key: str
    old: object
    new: object


@dataclass(frozen=True)
class Difference:
    """What became of a question or a section; `about` is the newer one where there are two."""

    kind: Literal["added", "removed", "moved", "changed"]
    about: Question | Section
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two versions."""

    whole: tuple[Change, ...]
    sections: tuple[Difference, ...]
    questions: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.sections or self.questions)


def differences(old: Questionnaire, new: Questionnaire) -> Differences:
    """Return what `new` has otherwise than `old`, in the order of `new`, what was removed last."""
    return Differences(
        tuple(_changes(old, new, OF_THE_WHOLE)),
        tuple(
            _parts({s.id: s for s in old.sections}, {s.id: s for s in new.sections}, OF_A_SECTION)
        ),
        tuple(
            _parts(
                {q.id: q for q in old.questions()},
                {q.id: q for q in new.questions()},
                OF_A_QUESTION,
                moved=_moved(old, new),
            )
        ),
    )


def _parts(
    old: dict[str, Question] | dict[str, Section],
    new: dict[str, Question] | dict[str, Section],
    keys: tuple[str, ...],
    moved: frozenset[str] = frozenset(),
) -> Iterator[Difference]:
    for part_id, part in new.items():
        before = old.get(part_id)
        if before is None:
            yield Difference("added", part)
            continue
        changes = tuple(_changes(before, part, keys))
        if changes or part_id in moved:
            yield Difference("changed" if changes else "moved", part, changes)
    for part_id, part in old.items():
        if part_id not in new:
            yield Difference("removed", part)


def _changes(old: Strict, new: Strict, keys: tuple[str, ...]) -> Iterator[Change]:
    for key in keys:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Change(key, before, after)


def _moved(old: Questionnaire, new: Questionnaire) -> frozenset[str]:
    """Return the ids of questions that stand in another section now."""
    before = {q.id: section.id for section in old.sections for q in section.questions}
    after = {q.id: section.id for section in new.sections for q in section.questions}
    return frozenset(each for each in before.keys() & after if before[each] != after[each])
