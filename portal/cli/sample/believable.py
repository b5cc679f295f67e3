"""Answers that an invented supplier could have given: for the demo, the benchmarks and the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from portal.cli.sample.phrases import COMMENT, DEFAULT_PHRASE, FIGURES, PHRASES, USUAL
from portal.questionnaires.answers import Context, MatrixRow, Value, comment_id
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


# Cells that need not be filled but mostly are.
USUALLY_FILLED = {"cid", "name", "women", "people"}
# Choices that need a file or lead away from answering here.
AVOIDED = {"own_code", "upload", "confirm_last", "help", "unknown", "reservations"}


def believable(
    questionnaires: Sequence[Questionnaire], context: Context, who: Respondent, chance: Random
) -> dict[str, Value]:
    """Return an answer to every question that `who` is asked, follow-ups included.

    Files are left out: a question that wants one is avoided by choosing another answer before it.
    """
    writer = _Writer(context, who, chance)
    while True:
        shown = visible(questionnaires, writer.answers, context)
        open_questions = [
            question
            for questionnaire in questionnaires
            for question in shown.of(questionnaire)
            if question.id not in writer.answers and question.type != "file"
        ]
        if not open_questions:
            return shown.answers
        for question in open_questions:
            writer.write(question)


@dataclass
class _Writer:
    """Answers question by question, knowing what was answered before."""

    context: Context
    who: Respondent
    chance: Random
    answers: dict[str, Value] = field(default_factory=dict)

    def write(self, question: Question) -> None:
        """Answer one question, with a comment where its answer wants one."""
        self.answers[question.id] = self._answer(question)
        wanted = question.comment_required_if
        if wanted and holds(wanted, self.answers, self.context, question.id):
            self.answers[comment_id(question.id)] = _own(COMMENT, self.who.name)

    def _answer(self, question: Question) -> Value:
        match question.type:
            case "single" | "yes_no" | "yes_no_na":
                return self._choice(question)
            case "multi":
                return self._several(question)
            case "number" | "percent":
                return self.chance.randint(*FIGURES.get(question.id, (0, 0)))
            case "matrix":
                return self._matrix(question)
            case _:
                return self._written(question)

    def _written(self, question: Question) -> Value:
        if question.type == "date":
            return self.who.today
        if question.type == "country_list":
            return list(self._places())
        return _own(PHRASES.get(question.id, DEFAULT_PHRASE), self.who.name)

    def _places(self) -> tuple[str, ...]:
        return self.who.production_countries or (self.who.country,)

    def _points(self, question: Question, value: Value) -> float:
        """Return how bad `value` would be."""
        given = {**self.answers, question.id: value}
        return sum(
            r.points for r in question.risk if holds(r.when, given, self.context, question.id)
        )

    def _choice(self, question: Question) -> str:
        """Return the best choice, or with too little care the next one."""
        if question.id in USUAL:
            return USUAL[question.id]
        choices = [choice for choice in question.choices() if choice not in AVOIDED]
        if not question.risk:
            return self.chance.choice(choices)
        ranked = sorted(choices, key=lambda choice: self._points(question, choice))
        best = self._points(question, ranked[0])
        worse = [choice for choice in ranked if self._points(question, choice) > best]
        return ranked[0] if not worse or self.chance.random() < self.who.care else worse[0]

    def _several(self, question: Question) -> list[str]:
        together = [option.id for option in question.options if not option.exclusive]
        alone = [[option.id] for option in question.options if option.exclusive]
        if not question.risk and not (alone and self.who.is_office):
            some = self.chance.sample(together, k=min(2, len(together)))
            return sorted(some, key=together.index)
        best = min([*alone, together], key=lambda value: self._points(question, list(value)))
        if self.chance.random() < self.who.care or len(best) == 1:
            return list(best)
        return list(best[:-1])

    def _matrix(self, question: Question) -> list[MatrixRow]:
        if question.rows != "dynamic":
            return [{"id": row.id, **self._cells(question, "")} for row in question.rows]
        is_about_places = any(c.type == "country" and c.required for c in question.columns)
        places = self._places() if is_about_places else ("",)
        return [
            {"id": str(number), **self._cells(question, place)}
            for number, place in enumerate(places)
        ]

    def _cells(self, question: Question, country: str) -> MatrixRow:
        cells: MatrixRow = {
            column.id: self._cell(column, country or self.who.country)
            for column in question.columns
            if column.required or column.id in USUALLY_FILLED
        }
        if "women" in cells and "total" in cells:
            cells["women"] = int(cells["total"]) // 2
        return cells

    def _cell(self, column: Column, country: str) -> str | int:
        match column.type:
            case "country":
                return country
            case "single":
                return column.options[0].id
            case "number" | "percent":
                return self.chance.randint(0, 60)
            case "date":
                return self.who.today
            case _:
                # Smelters are invented: real identification numbers belong to real plants.
                invented = f"CID9{self.chance.randint(1, 99):05}"
                return invented if column.id == "cid" else f"{self.who.name} 1"


def _own(phrase: str, name: str) -> str:
    """Return the phrase as this supplier writes it: a long one that all share would be marked."""
    text = phrase.format(name=name)
    return text if name in text or not text.endswith(".") else f"{text} ({name})"
