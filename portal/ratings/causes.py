"""Why a rating moved: what is different between the inputs of two rows of its history.

Nothing is noted when a rating is made: both rows hold all their inputs, so their causes follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from portal.ratings.settings_kept import differences
from portal.store import JsonObject

_FACTS = ("country", "production_countries", "category", "stage", "criticality")


class Cause(NamedTuple):
    """One thing that changed; `about` is a country, a setting, a flag or a question.

    Codes: `fact`, `state`, `origin`, `answers` (before and after are how many earned what),
    `flag_set`, `flag_cleared`, `figure` (of `source`, in `edition`), `publication`, `settings`,
    `setting`, `time`.
    """

    code: str
    about: str = ""
    before: object = None
    after: object = None
    source: str = ""


def causes(before: JsonObject, after: JsonObject) -> list[Cause]:
    """Return what differs between the inputs of two ratings (`records.inputs_of`), facts first."""
    old, new = before["case"], after["case"]
    found = [
        *_facts(old, new),
        *_flags(old, new),
        *_answers(old, new),
        *_settings(before["settings"], after["settings"]),
        *_figures(before["reference"], after["reference"]),
    ]
    if not found and before["today"] != after["today"]:
        found.append(Cause("time", before=before["today"], after=after["today"]))
    return found


def _facts(old: JsonObject, new: JsonObject) -> Iterator[Cause]:
    for name in _FACTS:
        if old.get(name) != new.get(name):
            yield Cause("fact", name, old.get(name), new.get(name))
    if old.get("state") != new.get("state"):
        yield Cause("state", before=old.get("state"), after=new.get("state"))
    if old.get("origin_asked") != new.get("origin_asked"):
        yield Cause("origin", before=old.get("origin_asked"), after=new.get("origin_asked"))


def _flags(old: JsonObject, new: JsonObject) -> Iterator[Cause]:
    was, now = (
        {flag["code"]: flag["source"] for flag in case.get("red_flags", ())} for case in (old, new)
    )
    for code in now.keys() - was.keys():
        yield Cause("flag_set", code, source=now[code])
    for code in was.keys() - now.keys():
        yield Cause("flag_cleared", code, source=was[code])


def _answers(old: JsonObject, new: JsonObject) -> Iterator[Cause]:
    was, now = (
        {question: value for question, _, _, value, *_ in case.get("credits", ())}
        for case in (old, new)
    )
    for question in sorted(was.keys() & now.keys()):
        if was[question] != now[question]:
            yield Cause("answer", question, was[question], now[question])
    if bool(was) != bool(now):
        yield Cause("answers", before=len(was), after=len(now))


def _settings(old: JsonObject, new: JsonObject) -> Iterator[Cause]:
    if old["version"] == new["version"]:
        return
    yield Cause("settings", before=old["version"], after=new["version"])
    for name, before, after in differences(old, new):
        yield Cause("setting", name, before, after)


def _figures(old: JsonObject, new: JsonObject) -> Iterator[Cause]:
    was, now = old.get("countries", {}), new.get("countries", {})
    for country in sorted(was.keys() & now.keys()):
        fields = sorted(was[country].keys() | now[country].keys())
        for field in fields:
            before, after = was[country].get(field), now[country].get(field)
            if before != after:
                yield Cause("figure", country, before, after, field)
    editions, current = (_editions(each) for each in (old, new))
    for source, edition in current.items():
        if editions.get(source) != edition:
            yield Cause("publication", source, editions.get(source), edition)


def _editions(reference: JsonObject) -> Mapping[str, str]:
    return {source["id"]: source["edition"] for source in reference.get("sources", ())}
