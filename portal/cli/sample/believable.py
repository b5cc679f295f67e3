"""Answers that an invented supplier could have given: for the demo, the benchmarks and the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from portal.cli.sample.phrases import DEFAULT_PHRASE, FIGURES, PHRASES
from portal.questionnaires.answers import Answers, Context, MatrixRow, Value
from portal.questionnaires.conditions import holds
from portal.questionnaires.schema import Column, Question, Questionnaire
from portal.questionnaires.visibility import visible


@dataclass(frozen=True)
class Respondent:
    """An invented supplier; `care` (0-1) is how often it gives the answer that is best."""

    name: str
    country: str
    production_countries: tuple[str, ...]
    care: float
    today: str
    is_office: bool = False


def believable(
    questionnaires: Sequence[Questionnaire], context: Context, who: Respondent, chance: Random
) -> dict[str, Value]:
    """Return an answer to every question that `who` is asked, follow-ups included.

    Files are left out: a question that wants one is avoided by choosing another answer before it.
    """
    answers: dict[str, Value] = {}
    while True:
        shown = visible(questionnaires, answers, context)
        open_questions = [
            question
            for questionnaire in questionnaires
            for question in shown.of(questionnaire)
            if question.id not in answers and question.type != "file"
        ]
        if not open_questions:
            return shown.answers
        for question in open_questions:
            answers[question.id] = _answer(question, answers, context, who, chance)


def _answer(
    question: Question, answers: Answers, context: Context, who: Respondent, chance: Random
) -> Value:
    match question.type:
        case "single" | "yes_no" | "yes_no_na":
            choices = [choice for choice in question.choices() if choice not in AVOIDED]
            return _choice(question, choices, answers, context, who, chance)
        case "multi":
            return _several(question, answers, context, who, chance)
        case "number" | "percent":
            low, high = FIGURES.get(question.id, (0, 0))
            return chance.randint(low, high)
        case "date":
            return who.today
        case "country_list":
            return list(who.production_countries or (who.country,))
        case "matrix":
            return _matrix(question, who, chance)
        case _:
            return PHRASES.get(question.id, DEFAULT_PHRASE).format(name=who.name)


# Choices that need a file or lead away from answering here.
AVOIDED = {"own_code", "upload", "confirm_last", "help", "unknown", "reservations"}


def _points(question: Question, value: Value, answers: Answers, context: Context) -> float:
    """Return how bad `value` would be."""
    given = {**answers, question.id: value}
    return sum(r.points for r in question.risk if holds(r.when, given, context, question.id))


def _choice(
    question: Question,
    choices: Sequence[str],
    answers: Answers,
    context: Context,
    who: Respondent,
    chance: Random,
) -> str:
    """Return the best choice, or with too little care the next or any one."""
    ranked = sorted(choices, key=lambda choice: _points(question, choice, answers, context))
    best = _points(question, ranked[0], answers, context)
    harmless = [c for c in ranked if _points(question, c, answers, context) == best]
    if chance.random() < who.care or len(harmless) == len(ranked):
        return chance.choice(harmless) if not question.risk else harmless[0]
    return ranked[min(len(harmless), len(ranked) - 1)]


def _several(
    question: Question, answers: Answers, context: Context, who: Respondent, chance: Random
) -> list[str]:
    together = [option.id for option in question.options if not option.exclusive]
    alone = [[option.id] for option in question.options if option.exclusive]
    if not question.risk and (not alone or not who.is_office):
        return sorted(chance.sample(together, k=min(2, len(together))), key=together.index)
    whole = min(
        [*alone, together], key=lambda value: _points(question, list(value), answers, context)
    )
    if chance.random() < who.care or len(whole) < 2:
        return list(whole)
    return list(whole[:-1])


def _matrix(question: Question, who: Respondent, chance: Random) -> list[MatrixRow]:
    if question.rows == "dynamic":
        places = (
            list(who.production_countries or (who.country,)) if _has_country(question) else [""]
        )
        return [
            {"id": str(number), **_cells(question, place, who, chance)}
            for number, place in enumerate(places)
        ]
    return [{"id": row.id, **_cells(question, "", who, chance)} for row in question.rows]


def _has_country(question: Question) -> bool:
    return any(column.type == "country" and column.required for column in question.columns)


def _cells(
    question: Question, country: str, who: Respondent, chance: Random
) -> dict[str, str | int | float]:
    cells: dict[str, str | int | float] = {}
    for column in question.columns:
        if column.required or column.id in ("cid", "name", "women", "people"):
            cells[column.id] = _cell(column, country or who.country, who, chance)
    if "women" in cells and "total" in cells:
        cells["women"] = int(cells["total"]) // 2
    return cells


def _cell(column: Column, country: str, who: Respondent, chance: Random) -> str | int:
    match column.type:
        case "country":
            return country
        case "single":
            return column.options[0].id
        case "number" | "percent":
            return chance.randint(0, 60)
        case "date":
            return who.today
        case _:
            # Smelters here are invented; real identification numbers belong to real plants.
            return f"CID9{chance.randint(1, 99):05}" if column.id == "cid" else f"{who.name} 1"
