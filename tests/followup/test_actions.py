"""Corrective actions: from a finding to a check, each change a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations.attachments import accept
from portal.events.models import Event
from portal.files import FileStore
from portal.followup import actions, proposals
from portal.followup.action_models import ActionState, StepKind
from portal.followup.action_queries import (
    Wanted,
    count_overdue,
    count_to_check,
    files_of,
    steps_of,
)
from portal.followup.action_queries import actions as listed
from portal.followup.actions import ActionRefused, Plan, Proof, Refusal
from portal.ratings.models import FindingStatus
from portal.store import AppendOnlyError
from tests.followup.acting import ANNE, DUE, NOW, THEY, make_action, make_found
from tests.makers import make_supplier, other_buyer
from tests.samples import PDF
from tests.signing_in import make_user

TODAY = NOW.date()


def test_the_graver_a_finding_the_sooner_its_action_is_due() -> None:
    days = [
        actions.proposed_day(severity, TODAY) for severity in ("critical", "high", "medium", "low")
    ]
    assert days == sorted(days)
    assert days[0] == TODAY + timedelta(days=14)


def test_an_action_is_open_and_its_first_step_says_what_was_planned(session: Session) -> None:
    action = make_action(session)
    [step] = steps_of(session, action)
    assert action.state is ActionState.OPEN
    assert (step.kind, step.by, step.at) == (StepKind.DRAWN_UP, ANNE.name, NOW)
    assert step.details["measure"] == "Repay the fees."
    event = session.scalars(sa.select(Event).where(Event.action == "action.drawn_up")).one()
    assert event.subject_id == action.public_id


def test_an_action_needs_a_measure_an_owner_of_the_buyer_and_a_day_to_come(
    session: Session,
) -> None:
    owner, stranger = make_user(session, "buyer"), make_user(session, "buyer", active=False)
    finding, plan = make_found(session), Plan("Repay.", owner.id, DUE)
    for wrong, reason in (
        (replace(plan, measure=" "), Refusal.MEASURE_MISSING),
        (replace(plan, owner_id=stranger.id), Refusal.OWNER_UNKNOWN),
        (replace(plan, due_on=date(2026, 11, 20)), Refusal.DAY_PASSED),
    ):
        with pytest.raises(ActionRefused, match=reason.value):
            actions.draw_up(session, finding, wrong, ANNE)
    finding.status = FindingStatus.CLOSED
    with pytest.raises(ActionRefused, match="finding_closed"):
        actions.draw_up(session, finding, plan, ANNE)


def test_a_person_of_another_buyer_cannot_own_an_action(session: Session) -> None:
    here = session.info["buyer"]
    other_buyer(session)
    stranger = make_user(session, "buyer")
    session.info["buyer"] = here
    with pytest.raises(ActionRefused, match="owner_unknown"):
        make_action(session, owner_id=stranger.id)


def test_a_change_names_only_what_is_different(session: Session) -> None:
    action = make_action(session)
    later = Plan(action.measure, action.owner_id, DUE + timedelta(days=7))
    step = actions.change(session, action, later, ANNE)
    assert step.details == {"due_on": "2026-12-28"}
    with pytest.raises(ActionRefused, match="nothing_changed"):
        actions.change(session, action, later, ANNE)


def test_steps_are_written_once(session: Session) -> None:
    [step] = steps_of(session, make_action(session))
    step.text = "Another story"
    with pytest.raises(AppendOnlyError):
        session.flush()


def test_the_supplier_says_done_with_a_file(session: Session, tmp_path: object) -> None:
    action = make_action(session)
    proof = Proof(FileStore(f"file://{tmp_path}"), [accept("bank.pdf", PDF)])
    step = actions.move(
        session, action, ActionState.DONE, THEY, text="All fees are repaid.", proof=proof
    )
    [file] = files_of(session, action)[step.id]
    assert (file.name, proof.store.read(file.storage_key)) == ("bank.pdf", PDF)
    assert (action.state, step.by_supplier) == (ActionState.DONE, True)
    assert count_to_check(session) == 1


def test_done_and_put_off_need_words_and_nothing_closes_without_a_check(session: Session) -> None:
    action = make_action(session)
    for state in (ActionState.DONE, ActionState.PUT_OFF):
        with pytest.raises(ActionRefused, match="reason_missing"):
            actions.move(session, action, state, ANNE)
    with pytest.raises(ActionRefused, match="not_seen"):
        actions.move(session, action, ActionState.CLOSED, ANNE, text="Looks fine")


def test_only_what_somebody_still_has_to_do_is_overdue(session: Session) -> None:
    action, after = make_action(session), DUE + timedelta(days=1)
    assert not actions.is_overdue(action, DUE)
    assert actions.is_overdue(action, after)
    assert count_overdue(session, after) == 1
    actions.move(session, action, ActionState.DONE, THEY, text="Repaid.")
    assert not actions.is_overdue(action, after)
    assert count_overdue(session, after) == 0


def test_a_proposal_changes_nothing_until_it_is_accepted(session: Session) -> None:
    action, later = make_action(session), DUE + timedelta(days=30)
    step = proposals.propose(session, action, THEY, due_on=later, why="The bank needs time.")
    assert action.due_on == DUE
    assert proposals.waiting(steps_of(session, action)) == step
    proposals.answer(session, action, step, ANNE, accept=True)
    assert action.due_on == later
    assert proposals.waiting(steps_of(session, action)) is None


def test_a_proposal_is_refused_with_a_reason(session: Session) -> None:
    action = make_action(session)
    step = proposals.propose(session, action, THEY, measure="Repay half.")
    with pytest.raises(ActionRefused, match="reason_missing"):
        proposals.answer(session, action, step, ANNE, accept=False)
    proposals.answer(session, action, step, ANNE, accept=False, text="All must be repaid.")
    assert action.measure == "Repay the fees."


def test_an_empty_proposal_and_one_for_the_past_are_refused(session: Session) -> None:
    action = make_action(session)
    with pytest.raises(ActionRefused, match="nothing_proposed"):
        proposals.propose(session, action, THEY, measure=" ")
    with pytest.raises(ActionRefused, match="day_passed"):
        proposals.propose(session, action, THEY, due_on=date(2026, 11, 1))


def test_the_list_narrows_by_state_owner_supplier_and_overdue(session: Session) -> None:
    owner, supplier = make_user(session, "buyer"), make_supplier(session)
    first = make_action(session, make_found(session, supplier), owner_id=owner.id)
    second = make_action(session, due_on=DUE + timedelta(days=9))
    actions.move(session, second, ActionState.UNDER_WAY, ANNE)
    today = DUE + timedelta(days=1)
    for wanted, expected in (
        (Wanted(), [first, second]),
        (Wanted(state=ActionState.UNDER_WAY), [second]),
        (Wanted(owner_id=owner.id), [first]),
        (Wanted(supplier_id=supplier.id), [first]),
        (Wanted(overdue=True), [first]),
    ):
        found = listed(session, wanted, today, 1)
        assert (found.rows, found.total) == (expected, len(expected))
