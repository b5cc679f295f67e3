"""The gap per area: how far what was declared falls short. For display only, never the rating."""

from collections.abc import Iterable, Mapping

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.catalogues import Scoring
from portal.questionnaires.schema import Question
from portal.ratings.points import (
    areas_of,
    attainable,
    is_information_gap,
    matching,
    worst_rule,
)
from portal.ratings.record import Record
from portal.ratings.settings import Band

_UNKNOWN_SHARE = 0.5


class AreaGap(Record):
    """One area: `points` of `max_points`, as `percent` (0-100, higher is worse) and `band`.

    `percent` and `band` are None where nothing scored was asked: not assessed, which is not zero.
    """

    area: str
    points: float
    max_points: float
    percent: float | None = None
    band: Band | None = None


def area_gaps(
    questions: Iterable[Question],
    answers: Answers,
    context: Context,
    scoring: Scoring,
    floors: Mapping[str, Band],
) -> tuple[AreaGap, ...]:
    """Return the gap of every area in the order of the screen.

    `questions` are the shown ones; `floors` the least band of an area with a grave finding.
    """
    reached: dict[str, float] = {}
    possible: dict[str, float] = {}
    for question in questions:
        _add(possible, attainable(question))
        _add(reached, _points(question, answers, context))
    return tuple(
        _gap(area.id, reached.get(area.id, 0), possible.get(area.id, 0), scoring, floors)
        for area in scoring.areas
    )


def _add(total: dict[str, float], more: Mapping[str, float]) -> None:
    for area, points in more.items():
        total[area] = total.get(area, 0) + points


def _points(question: Question, answers: Answers, context: Context) -> dict[str, float]:
    worst = worst_rule(question)
    if worst and is_information_gap(question, answers, context):
        return dict.fromkeys(areas_of(worst, question), worst.points * _UNKNOWN_SHARE)
    points: dict[str, float] = {}
    for rule in matching(question, answers, context):
        _add(points, dict.fromkeys(areas_of(rule, question), rule.points))
    return points


def _gap(
    area: str, points: float, most: float, scoring: Scoring, floors: Mapping[str, Band]
) -> AreaGap:
    bands = list(Band)
    percent = min(100.0, max(0.0, 100 * points / most)) if most else None
    band = floors.get(area)
    if percent is not None:
        reached = [Band(one.id) for one in scoring.bands if percent >= one.from_]
        band = max([*reached, *([band] if band else [])], key=bands.index)
    return AreaGap(area=area, points=points, max_points=most, percent=percent, band=band)
