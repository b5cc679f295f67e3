"""The words of a finding: placeholders filled with what the supplier states."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.questionnaires.answers import Answers, comment_id
from portal.questionnaires.readable import CountryName, Labels, readable
from portal.questionnaires.schema import Question
from portal.suppliers.countries import country_name

_PLACEHOLDER = re.compile(r"\{(answer|comment|ref:[a-z0-9_]+)\}")
_NOTHING = "–"


def _english(code: str) -> str:
    return country_name(code, "en")


@dataclass(frozen=True)
class Words:
    """The words of one language: countries, the answers without a label, and the standing text.

    `not_known` has the placeholder `{question}`.
    """

    country_name: CountryName = _english
    labels: Labels = field(
        default_factory=lambda: {
            "yes": "Yes",
            "no": "No",
            "na": "Not relevant",
            "unknown": "Not known",
        }
    )
    not_known: str = "The supplier does not know: {question}"
    ask_again: str = "Ask the supplier to find out, and by when."


def filled(
    text: str,
    question: Question,
    questions: Mapping[str, Question],
    answers: Answers,
    words: Words,
) -> str:
    """Return `text` with `{answer}`, `{comment}` and `{ref:question_id}` filled in.

    What has no answer becomes a dash. `answers` are those of shown questions only.
    """

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name == "comment":
            return str(answers.get(comment_id(question.id)) or _NOTHING)
        target = question if name == "answer" else questions.get(name.removeprefix("ref:"))
        if target is None:
            return _NOTHING
        lines = readable(target, answers.get(target.id), words.country_name, words.labels)
        return "; ".join(lines) or _NOTHING

    return _PLACEHOLDER.sub(fill, text)
