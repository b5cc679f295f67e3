"""What every type of question has beside its name."""

from __future__ import annotations

from typing import get_args

from portal.questionnaires.estimate import SECONDS
from portal.questionnaires.schema import ColumnType, QuestionType
from portal.web.buyer.question_words import TYPES


def test_every_type_has_a_name_for_buyers() -> None:
    assert TYPES.keys() == {*get_args(QuestionType), *get_args(ColumnType)}


def test_every_type_of_question_takes_time() -> None:
    assert SECONDS.keys() == set(get_args(QuestionType))
