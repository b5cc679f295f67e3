"""Public documents in the model: less than a declaration, never low, never worse than none."""

from __future__ import annotations

import pytest

from portal.ratings.case import Case, Criticality, State
from portal.ratings.residual import Basis
from portal.ratings.settings import Value
from tests.unit.ratings.examples import SETTINGS, case, question_set, rated

CATEGORY = "software"
SILENT = (State.NOT_INVITED, State.OPEN, State.OVERDUE, State.DECLINED)


def asked(state: State, *, public: bool) -> Case:
    made = case("US", CATEGORY, Criticality.B)
    read = question_set(CATEGORY, Value.EVIDENCED) if public else ()
    return made.model_copy(update={"state": state, "credits": read, "from_public": public})


@pytest.mark.parametrize("state", SILENT)
def test_they_never_make_it_worse_and_never_equal_a_declaration(state: State) -> None:
    with_them, without = rated(asked(state, public=True)), rated(asked(state, public=False))
    declared = asked(State.DECLARED, public=True).model_copy(update={"from_public": False})
    assert with_them.residual <= without.residual
    assert with_them.residual >= rated(declared).residual
    assert with_them.basis is Basis.PUBLIC_DOCUMENTS


@pytest.mark.parametrize("state", [State.OVERDUE, State.DECLINED])
def test_silence_is_not_low_with_them(state: State) -> None:
    assert rated(asked(state, public=True)).residual >= SETTINGS.overdue_floor
