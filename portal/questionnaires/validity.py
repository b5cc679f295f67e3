"""How long answers hold."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from portal.questionnaires.answer_sets import asked_id
from portal.questionnaires.schema import Questionnaire


def valid_until(
    signed: date, questionnaires: Iterable[Questionnaire], chosen: Mapping[str, int]
) -> date:
    """Return the last day on which answers signed on `signed` hold: the shortest validity decides.

    `chosen` holds the months a buyer has chosen itself, by questionnaire id.
    """
    months = (chosen.get(asked_id(each.id), each.validity_months) for each in questionnaires)
    return months_after(signed, min(months))


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last of a month that is too short for it."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
