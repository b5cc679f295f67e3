"""Who is asked less: the register's word until the supplier's own."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.declarations.survey import context_of
from tests.declarations.surveys import LOW, SHORT_FORM, make_survey


@pytest.mark.parametrize(
    ("register", "answers", "short"),
    [
        (False, {}, False),
        (True, {}, True),
        (True, {"prf_headcount": "n10_49"}, False),
        (False, {"prf_headcount": "n1_9"}, True),
        (True, {"prf_headcount": ""}, True),
    ],
)
def test_the_profile_s_answer_counts_once_it_is_given(
    session: Session, register: bool, answers: dict[str, Any], short: bool
) -> None:
    invitation = make_survey(session, context={**LOW, "short_form": register})
    assert context_of(invitation, answers, SHORT_FORM, None).short_form is short
