"""The rating model a second time, written from its description alone, to compare the first with.

Plain sums over the shipped tables; nothing of the model's own modules is used but the records that hold
the inputs. Numbers such as 4.1 are the sections of that description.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import portal.suppliers
from portal.ratings.case import Case, Credit
from portal.ratings.reference import Indicators, ReferenceData

_TABLE = Path(portal.suppliers.__file__).parent / "data" / "sector_risk.csv"
_LEVELS = {"low": 15, "medium": 45, "high": 70, "very_high": 90}
_ITUC = {"1": 10, "2": 30, "3": 50, "4": 70, "5": 90, "5+": 100}
_GRAVEST = {"child_labour", "forced_labour", "conflict_minerals", "donor_rights"}
_GRAVE = {"osh", "union_rights", "migrant_labour", "supply_chain"}
_TOPIC = {
    "armed_groups": "conflict_minerals",
    "cobalt": "conflict_minerals",
    "conflict_minerals_3tg": "conflict_minerals",
    "health_of_donors": "donor_rights",
    "housing": "migrant_labour",
    "informed_consent": "donor_rights",
    "traceability": "supply_chain",
}
_OWN = {"child_labour", "discrimination", "environment", "forced_labour", "migrant_labour"}
_OWN |= {"osh", "union_rights", "wages", "working_hours"}
_CREDIT = {"verified": 1.0, "evidenced": 0.85, "declared": 0.6, "partial": 0.3}
_FLOORS = {
    "severe_abuse_unremedied": 90,
    "sanction_or_conviction": 90,
    "no_minimum_wage_proof": 75,
}


class Figures(NamedTuple):
    """C, K, u, I, R (0-100) and E (0-1)."""

    c: float
    k: float
    u: float
    i: float
    e: float
    r: float


def figures(case: Case, data: ReferenceData, today: date) -> Figures:
    """Return the figures of `case`."""
    row = _categories().get(case.category or "uncategorised", _categories()["uncategorised"])
    places = {case.country, *case.production_countries}
    c = max(_country(place, data) for place in places)
    u = max((_uplift(row, place, data) for place in places), default=0)
    if row["kind"] == "good" and not case.production_countries:
        c = max(c, 90 if case.origin_asked else 60)
        if case.origin_asked:
            u = max(u, _worst_uplift(row, data))
    k = _category(row, case.stage)
    i = min(100, max((c + k) / 2, 0.75 * max(c, k)) + u)
    e = _effectiveness(case.credits, _material(row), today) if case.state == "declared" else 0.0
    r = i * (1 - 0.5 * e)
    if case.state == "overdue":
        r = max(i + 10, 25)
    if case.state == "declined":
        r = max(i + 15, 40)
    r = max([min(100, r), *(_FLOORS.get(flag.code, 60) for flag in case.red_flags)])
    return Figures(c, k, u, i, e, r)


@cache
def _categories() -> dict[str, dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["category_id"]: row for row in csv.DictReader(file)}


def _country(code: str, data: ReferenceData) -> float:
    """4.1"""
    known = data.indicators(code)
    parts = _indicators(known, data)
    filled = sum(weight for weight, risk in parts[:4] if risk is not None)
    if filled / 90 >= 0.4:
        used = [(weight, risk) for weight, risk in parts if risk is not None]
        index = sum(weight * risk for weight, risk in used) / sum(weight for weight, _ in used)
    else:
        index = _country(known.parent, data) if known.parent else 60
    floor = 65 if known.cahra == "whole" else 45 if known.cahra or known.dodd_frank else 0
    return max(index, floor)


def _indicators(known: Indicators, data: ReferenceData) -> list[tuple[int, float | None]]:
    loaded = {source.id for source in data.sources}
    workers: float | None = None
    if known.ituc:
        workers = _ITUC[known.ituc]
    elif known.trade_unions is not None:
        workers = 25 * (4 - known.trade_unions)
    elif not {"ituc", "freedom_house"} <= loaded and known.ilo_unions is not None:
        workers = {0: 80, 1: 60, 2: 35}[known.ilo_unions]
    freedom = known.voice if known.freedom is None else known.freedom
    forced = next(
        (
            risk
            for least, risk in ((10, 100), (5, 80), (1, 60))
            if known.forced_labour_goods >= least
        ),
        0,
    )
    child = next(
        (risk for least, risk in ((10, 70), (5, 50), (1, 30)) if known.child_labour_goods >= least),
        0,
    )
    return [
        (30, workers),
        (20, None if freedom is None else 100 - freedom),
        (25, None if known.law is None else 100 - known.law),
        (15, None if known.corruption is None else 100 - known.corruption),
        (10, max(forced, child)),
    ]


def _category(row: dict[str, str], stage: str | None) -> float:
    """4.2"""
    if row["category_id"] == "uncategorised":
        return 45
    if row["kind"] == "service":
        return _LEVELS[row["level_service"]]
    stages = {"raw": row["level_raw"], "component": row["level_component"]}
    stages["final"] = row["level_final"]
    scores = {name: _LEVELS[level] for name, level in stages.items() if level}
    worst = max(scores.values())
    return (worst + scores.get(stage or row["stage_performed"], worst)) / 2


def _uplift(row: dict[str, str], place: str, data: ReferenceData) -> float:
    """4.3"""
    names = [name.strip() for name in row["dol_goods"].split(";") if name.strip()]
    points = [0]
    for good in data.listed(names):
        if good.country == place:
            points += [15 * good.forced_labour, 10 * good.child_labour]
    known = data.indicators(place)
    if row["conflict_minerals"] == "1" and (known.cahra or known.dodd_frank):
        points.append(10)
    return max(points)


def _worst_uplift(row: dict[str, str], data: ReferenceData) -> float:
    places = {good.country for goods in data.goods.values() for good in goods}
    worst = max(_uplift(row, place, data) for place in places)
    return max(worst, 10) if row["conflict_minerals"] == "1" else worst


def _material(row: dict[str, str]) -> set[str]:
    issues = {issue.strip() for issue in row["issues"].split(";")}
    topics = {_TOPIC.get(issue, issue if issue in _OWN else "") for issue in issues}
    if row["conflict_minerals"] == "1":
        topics.add("conflict_minerals")
    return topics - {""}


def _effectiveness(answers: tuple[Credit, ...], material: set[str], today: date) -> float:
    """4.4"""
    total = earned = 0.0
    of_topic: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for answer in answers:
        if not answer.weight or answer.value == "accepted_not_relevant":
            continue
        severity = _severity(answer.topic)
        weight = answer.weight * severity * (2 if answer.topic in material else 1)
        credit = _credit(answer, today)
        total += weight
        earned += weight * credit
        of_topic[answer.topic][0] += answer.weight
        of_topic[answer.topic][1] += answer.weight * credit
    if not total:
        return 0.0
    caps = [
        1 - 0.1 * _severity(topic) * (1 - gained / weight)
        for topic, (weight, gained) in of_topic.items()
        if topic in material
    ]
    return min([earned / total, *caps])


def _severity(topic: str) -> int:
    return 5 if topic in _GRAVEST else 4 if topic in _GRAVE else 3


def _credit(answer: Credit, today: date) -> float:
    credit = _CREDIT.get(answer.value, 0.0)
    if answer.evidence_until and answer.evidence_until < today:
        credit = min(credit, 0.6)
    given = answer.answered_on
    if given is None:
        return 0.0
    months = 12 * (today.year - given.year) + today.month - given.month
    age = max(0.0, months + (today.day - given.day) / 31)
    return credit * min(1.0, max(0.0, (24 - age) / 12))
