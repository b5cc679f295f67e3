"""What pages for buyers call things has a name for each of them."""

from __future__ import annotations

from typing import get_args

from portal.cli.catalogues import BUYER_TEMPLATES
from portal.paths import resource_dir
from portal.questionnaires.estimate import SECONDS
from portal.questionnaires.schema import ColumnType, QuestionType
from portal.web.buyer.question_words import TYPES
from portal.web.buyer.reminder_words import TEMPLATES

MAILS = resource_dir("templates") / "email"


def test_every_mail_to_a_supplier_has_a_name() -> None:
    mails = {f"email/{folder.name}" for folder in MAILS.iterdir() if folder.is_dir()}
    to_suppliers = {mail for mail in mails if not mail.startswith(BUYER_TEMPLATES)}
    assert to_suppliers <= {f"email/{name}" for name in TEMPLATES}


def test_every_type_of_question_has_a_name_and_takes_time() -> None:
    assert TYPES.keys() == {*get_args(QuestionType), *get_args(ColumnType)}
    assert SECONDS.keys() == set(get_args(QuestionType))
