"""Closing an action: a person looks, there is proof, and then the red flag may fall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.declarations.attachments import accept
from portal.files import FileStore
from portal.followup import actions, checks, remedies
from portal.followup.action_models import ActionState, Asked, StepKind
from portal.followup.action_queries import steps_of
from portal.followup.actions import ActionRefused, Proof
from portal.followup.checks import Check
from portal.followup.remedies import Remedied, RemedyRefused
from portal.ratings.models import FindingStatus, RatingTrigger, RedFlag
from portal.ratings.queries import latest
from tests.followup.acting import ANNE, THEY, make_action, make_flagged, make_found
from tests.samples import PDF

VISIT = Check("We saw the payslips of all 14 workers.", visited_on=date(2026, 11, 20))


@pytest.fixture
def proof(tmp_path: object) -> Callable[[], Proof]:
    return lambda: Proof(FileStore(f"file://{tmp_path}"), [accept("bank.pdf", PDF)])


def test_an_action_closes_only_with_words_and_proof(session: Session) -> None:
    action = make_action(session)
    with pytest.raises(ActionRefused, match="not_seen"):
        checks.close(session, action, Check(" ", date(2026, 11, 20)), ANNE)
    with pytest.raises(ActionRefused, match="no_proof"):
        checks.close(session, action, Check("They say so."), ANNE)
    with pytest.raises(ActionRefused, match="not_past"):
        checks.close(session, action, Check("Seen", date(2026, 11, 22)), ANNE)
    assert action.state is ActionState.OPEN


def test_the_last_action_closes_its_finding(session: Session) -> None:
    finding = make_found(session)
    first, second = make_action(session, finding), make_action(session, finding)
    checks.close(session, first, VISIT, ANNE)
    assert finding.status is FindingStatus.OPEN
    checks.close(session, second, VISIT, ANNE)
    assert finding.status is FindingStatus.CLOSED


def test_a_file_of_the_supplier_is_proof(session: Session, proof: Callable[[], Proof]) -> None:
    action = make_action(session)
    actions.move(session, action, ActionState.DONE, THEY, text="Repaid.", proof=proof())
    step = checks.close(session, action, Check("The list adds up."), ANNE)
    assert (step.kind, step.text) == (StepKind.CLOSED, "The list adds up.")


def test_what_is_not_enough_goes_back_to_work(session: Session) -> None:
    action = make_action(session)
    actions.move(session, action, ActionState.DONE, THEY, text="Repaid.")
    checks.send_back(session, action, Check("Two workers are missing."), ANNE)
    assert action.state is ActionState.UNDER_WAY


def test_a_closed_action_can_clear_its_flag_and_the_rating_falls(
    session: Session, proof: Callable[[], Proof]
) -> None:
    finding = make_flagged(session)
    action = make_action(session, finding)
    before = latest(session, finding.supplier_id)
    checks.close(session, action, Check("Repaid.", proof=proof()), ANNE, clears_flag=True)
    flag, after = session.get(RedFlag, finding.flag_id), latest(session, finding.supplier_id)
    assert flag is not None
    assert flag.clear_reason.startswith("Cleared by a closed corrective action with proof: Repaid.")
    assert before is not None
    assert after is not None
    assert after.residual < before.residual
    assert after.trigger is RatingTrigger.FLAG
    assert finding.status is FindingStatus.CLOSED
    assert steps_of(session, action)[-1].details["flag_cleared"] == flag.code


def test_a_flag_left_standing_keeps_the_finding_open(session: Session) -> None:
    finding = make_flagged(session)
    checks.close(session, make_action(session, finding), VISIT, ANNE)
    assert finding.status is FindingStatus.OPEN
    assert checks.standing_flag(session, finding) is not None


def test_a_flag_is_not_cleared_without_proof_nor_while_another_action_stands(
    session: Session,
) -> None:
    finding = make_flagged(session)
    first, second = make_action(session, finding), make_action(session, finding)
    with pytest.raises(ActionRefused, match="no_proof"):
        checks.close(session, first, Check("They say so."), ANNE, clears_flag=True)
    with pytest.raises(ActionRefused, match="others_open"):
        checks.close(session, first, VISIT, ANNE, clears_flag=True)
    checks.close(session, first, VISIT, ANNE)
    checks.close(session, second, VISIT, ANNE, clears_flag=True)
    assert checks.standing_flag(session, finding) is None


def test_a_closed_action_stays_as_it_is(session: Session) -> None:
    action = make_action(session)
    checks.close(session, action, VISIT, ANNE)
    for change in (
        lambda: actions.move(session, action, ActionState.OPEN, ANNE),
        lambda: checks.send_back(session, action, VISIT, ANNE),
        lambda: checks.close(session, action, VISIT, ANNE),
    ):
        with pytest.raises(ActionRefused, match="closed"):
            change()


def test_a_remedy_says_who_was_affected_what_was_done_and_what_they_say(session: Session) -> None:
    action = make_action(session)
    told = Remedied(
        "migrant workers from Nepal",
        14,
        "All fees repaid, 1,200 USD each",
        Asked.YES,
        "They wanted the money before the holiday.",
        date(2026, 11, 20),
    )
    remedy = remedies.add_remedy(session, action, told, ANNE)
    assert remedies.remedies_of(session, action) == [remedy]
    assert (remedy.people, remedy.recorded_by) == (14, ANNE.name)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"group": " "}, "group_missing"),
        ({"people": 0}, "people_wrong"),
        ({"done": ""}, "done_missing"),
        ({"asked": Asked.YES}, "said_missing"),
        ({"remedied_on": date(2026, 11, 22)}, "not_past"),
    ],
)
def test_a_remedy_that_lacks_something_is_refused(
    session: Session, values: dict[str, object], fault: str
) -> None:
    whole = {
        "group": "cleaners",
        "people": None,
        "done": "Back pay",
        "asked": Asked.NO,
        "said": "",
        "remedied_on": date(2026, 11, 20),
    }
    with pytest.raises(RemedyRefused, match=fault):
        remedies.add_remedy(session, make_action(session), Remedied(**(whole | values)), ANNE)
