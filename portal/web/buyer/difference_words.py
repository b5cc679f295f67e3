"""A difference between two versions in words, for the page and the command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext, lazy_gettext

from portal.questionnaires.conditions import All, AnyOf, Leaf, Not
from portal.questionnaires.difference import Change, Difference, Differences
from portal.questionnaires.schema import Column, Option, Question, Row, Rule, Section
from portal.questionnaires.strict import Strict
from portal.web.buyer.condition_words import condition_words
from portal.web.buyer.question_words import TYPES

Questions = Mapping[str, Question]

KEYS = {
    "title": lazy_gettext("Title"),
    "intro": lazy_gettext("Introduction"),
    "estimated_minutes": lazy_gettext("Minutes"),
    "validity_months": lazy_gettext("Months the answers are valid"),
    "recommended_cadence": lazy_gettext("How often to ask"),
    "privacy_notice": lazy_gettext("Privacy notice"),
    "signature": lazy_gettext("Signature"),
    "text": lazy_gettext("Text"),
    "help": lazy_gettext("Help"),
    "type": lazy_gettext("Kind of answer"),
    "required": lazy_gettext("Must be answered"),
    "tier": lazy_gettext("In which form"),
    "options": lazy_gettext("Answer"),
    "rows": lazy_gettext("Row"),
    "columns": lazy_gettext("Column"),
    "allow_unknown": lazy_gettext("“We do not know” can be chosen"),
    "visible_if": lazy_gettext("Asked only if"),
    "comment_required_if": lazy_gettext("A comment is needed if"),
    "unit": lazy_gettext("Unit"),
    "min": lazy_gettext("Smallest number"),
    "max": lazy_gettext("Largest number"),
    "evidence": lazy_gettext("Document"),
    "areas": lazy_gettext("Risk areas"),
    "norm": lazy_gettext("Norms"),
    "risk": lazy_gettext("Rule"),
    "audience": lazy_gettext("Who is asked"),
    "scope": lazy_gettext("What the answers are about"),
    "routing": lazy_gettext("What the answers lead to"),
}
KINDS = {
    "added": lazy_gettext("New"),
    "removed": lazy_gettext("Removed"),
    "moved": lazy_gettext("Moved to another section"),
    "changed": lazy_gettext("Changed"),
}


def told(found: Differences, questions: Questions) -> Iterator[str]:
    """Yield the differences as lines of text."""
    for change in found.whole:
        yield from change_words(change, questions)
    for part in (*found.sections, *found.questions):
        yield f"{KINDS[part.kind]}: {name_of(part)}"
        about = part.about if isinstance(part.about, Question) else None
        for change in part.changes:
            yield from (f"  {line}" for line in change_words(change, questions, about))


def name_of(part: Difference) -> str:
    """Return the id and the text of the question or section a difference is about."""
    text = part.about.title if isinstance(part.about, Section) else part.about.text
    return f"{part.about.id} – {text}"


def change_words(change: Change, questions: Questions, about: Question | None = None) -> list[str]:
    """Return a change in words, a line for each answer, row or rule that differs."""
    name = str(KEYS.get(change.key, change.key))
    if _is_list(change.old) or _is_list(change.new):
        return list(_entries(name, _listed(change.old), _listed(change.new), questions, about))
    old, new = (_value(each, questions, about) for each in (change.old, change.new))
    return [_line(name, old, new)]


def _line(name: str, old: str, new: str) -> str:
    if not old:
        return str(gettext("%(name)s: new: %(new)s", name=name, new=new))
    if not new:
        return str(gettext("%(name)s: no longer: %(old)s", name=name, old=old))
    return f"{name}: {old} → {new}"


def _is_list(value: object) -> bool:
    return isinstance(value, tuple) and value != ()


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, tuple) else ()


def _entries(
    name: str,
    old: Sequence[object],
    new: Sequence[object],
    questions: Questions,
    about: Question | None,
) -> Iterator[str]:
    before, after = _by_name(old), _by_name(new)
    for key, entry in after.items():
        if key not in before:
            yield _line(name, "", _value(entry, questions, about))
        elif before[key] != entry:
            yield _line(
                name, _value(before[key], questions, about), _value(entry, questions, about)
            )
    for key, entry in before.items():
        if key not in after:
            yield _line(name, _value(entry, questions, about), "")
    if list(before) != list(after) and before.keys() == after.keys():
        yield gettext("%(name)s: in another order", name=name)


def _by_name(entries: Sequence[object]) -> dict[object, object]:
    """Return the entries by their ids; a rule, which has none, by its place."""
    return {
        getattr(entry, "id", place if isinstance(entry, Rule) else entry): entry
        for place, entry in enumerate(entries)
    }


def _value(value: object, questions: Questions, about: Question | None) -> str:
    match value:
        case All() | AnyOf() | Not() | Leaf():
            return condition_words(value, questions, about)
        case Rule():
            return _rule(value, questions, about)
        case Option() | Row() | Column():
            return _entry(value)
        case Strict():
            return _shown(_plain(value))
    return _simple(value)


def _simple(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return f"{value:g}" if isinstance(value, float) else str(TYPES.get(str(value), value))


def _rule(rule: Rule, questions: Questions, about: Question | None) -> str:
    parts = [
        gettext(
            "if %(condition)s: %(points)s points",
            condition=condition_words(rule.when, questions, about),
            points=f"{rule.points:g}",
        )
    ]
    if rule.severity:
        parts.append(gettext("severity %(severity)s", severity=rule.severity))
    if rule.red_flag:
        parts.append(gettext("red flag"))
    parts += [f"“{text}”" for text in (rule.finding, rule.action) if text]
    parts += rule.trigger
    return ", ".join(parts)


def _entry(entry: Option | Row | Column) -> str:
    kept = {key: value for key, value in _plain(entry).items() if key not in {"id", "label"}}
    more = f" ({_shown(kept)})" if kept else ""
    return f"“{entry.label}”{more}"


def _plain(model: Strict) -> dict[str, object]:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _shown(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in values.items())
