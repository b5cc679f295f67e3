"""How long answers hold."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from portal.questionnaires.schema import Questionnaire


def valid_until(signed: date, questionnaires: Iterable[Questionnaire]) -> date:
    """Return the last day on which answers signed on `signed` hold: the shortest validity decides."""
    months = signed.month - 1 + min(each.validity_months for each in questionnaires)
    year, month = signed.year + months // 12, months % 12 + 1
    return date(year, month, min(signed.day, monthrange(year, month)[1]))
