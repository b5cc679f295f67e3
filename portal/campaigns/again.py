"""Asking the same once more a year later: what a new campaign takes over from an earlier one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.campaigns.models import Campaign, FrozenQuestionnaire
from portal.questionnaires.loader import Library
from portal.questionnaires.validity import months_after

# 2026, and both years of 2025/26, 2025–26 or 2025/2026.
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([/–-])(\d{2}|\d{4}))?(?!\d)")


@dataclass(frozen=True)
class Change:
    """A questionnaire that is not as it was: another version, or (`now` empty) no longer offered."""

    questionnaire_id: str
    then: str
    now: str = ""


@dataclass(frozen=True)
class Again:
    """What the new campaign takes over, and which questionnaires have changed since."""

    title: str
    questionnaires: tuple[str, ...]
    changes: tuple[Change, ...]
    deadline: date
    years: int


def again(
    campaign: Campaign, asked: Sequence[FrozenQuestionnaire], library: Library, today: date
) -> Again:
    """Return what a campaign that repeats `campaign` takes over, with the newest of what it asked.

    The deadline is one year on, or as many years as it takes to lie after `today`; the years in the
    title are raised as much.
    """
    years = next(n for n in range(1, 200) if months_after(campaign.deadline, 12 * n) > today)
    changes = []
    for each in asked:
        now = library[each.questionnaire_id].version if each.questionnaire_id in library else ""
        if now != each.version:
            changes.append(Change(each.questionnaire_id, each.version, now))
    return Again(
        title=raised(campaign.title, years),
        questionnaires=tuple(
            each.questionnaire_id for each in asked if each.questionnaire_id in library
        ),
        changes=tuple(changes),
        deadline=months_after(campaign.deadline, 12 * years),
        years=years,
    )


def raised(title: str, years: int) -> str:
    """Return `title` with each year in it raised by `years`; as it is where it holds none."""
    return _YEARS.sub(lambda found: _raised(found, years), title)


def _raised(found: re.Match[str], years: int) -> str:
    first, between, second = found.groups()
    text = str(int(first) + years)
    if not between:
        return text
    if len(second) == len(first):
        return f"{text}{between}{int(second) + years}"
    # Two digits follow a year only where they are the next one; else they are a month or a number.
    if int(second) != (int(first) + 1) % 100:
        return f"{text}{between}{second}"
    return f"{text}{between}{(int(second) + years) % 100:02}"
