"""An action and its supplier: who gets which mail, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.files import FileStore
from portal.followup import actions, checks, sharing
from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.action_queries import steps_of
from portal.followup.actions import ActionRefused, Plan, Proof
from portal.followup.checks import Check
from portal.outbox.models import Message
from portal.reminders.action_reminders import send_due
from portal.suppliers.models import Contact
from tests.followup.acting import ANNE, DUE, NOW, THEY, make_action, make_found
from tests.makers import make_contact, make_supplier

# The day an action of these tests is due is Monday, 21 December; office hours in Oslo.
A_WEEK_BEFORE = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
THE_DAY_AFTER = datetime(2026, 12, 22, 9, 0, tzinfo=UTC)
A_WEEK_AFTER = datetime(2026, 12, 29, 9, 0, tzinfo=UTC)


@pytest.fixture
def contact(session: Session) -> Contact:
    return make_contact(session, make_supplier(session), locale="nb")


@pytest.fixture
def shared(session: Session, contact: Contact) -> CorrectiveAction:
    action = make_action(session, make_found(session, contact.supplier))
    sharing.share(session, action, contact, ANNE)
    return action


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(sa.select(Message).order_by(Message.id))
    return [(row.template, row.recipient) for row in rows]


def test_sharing_mails_the_link_in_the_contacts_language(
    session: Session, shared: CorrectiveAction, contact: Contact
) -> None:
    [message] = session.scalars(sa.select(Message))
    assert (message.template, message.recipient) == ("action_shared", contact.email)
    assert (message.locale, message.correspondence_id) == ("nb", shared.correspondence_id)
    assert steps_of(session, shared)[-1].details == {"to": contact.email}
    assert shared.correspondence is not None
    assert sharing.shared_in(session, shared.correspondence) == shared


def test_another_contact_gets_a_link_that_makes_the_first_worthless(
    session: Session, shared: CorrectiveAction, contact: Contact
) -> None:
    other = make_contact(session, contact.supplier, primary=False)
    sharing.share(session, shared, other, ANNE)
    thread = shared.correspondence
    assert thread is not None
    assert (thread.contact, thread.link_version) == (other, 2)
    assert mails(session)[-1] == ("action_shared", other.email)


def test_nobody_else_and_nobody_unreachable_gets_the_link(
    session: Session, shared: CorrectiveAction, contact: Contact
) -> None:
    contact.left_at = NOW
    for wrong in (make_contact(session), contact):
        with pytest.raises(ActionRefused, match="nobody"):
            sharing.share(session, shared, wrong, ANNE)


def test_the_owner_is_told_when_the_supplier_answers(
    session: Session, shared: CorrectiveAction, tmp_path: object
) -> None:
    proof = Proof(FileStore(f"file://{tmp_path}"))
    sharing.report(session, shared, ActionState.UNDER_WAY, THEY, text="Begun.", proof=proof)
    later = DUE + timedelta(days=9)
    sharing.propose(session, shared, THEY, measure="", due_on=later, why="")
    assert mails(session)[1:] == [("user_action", shared.owner.email)] * 2


def test_reminders_go_before_and_after_the_day_and_never_twice(
    session: Session, shared: CorrectiveAction, contact: Contact
) -> None:
    for moment, template in (
        (A_WEEK_BEFORE, "action_reminder"),
        (THE_DAY_AFTER, "action_overdue"),
        (A_WEEK_AFTER, "action_overdue"),
    ):
        assert send_due(session, moment - timedelta(days=3)) == 0
        assert send_due(session, moment) == 1
        assert send_due(session, moment) == 0
        assert mails(session)[-1] == (template, contact.email)


def test_who_said_done_is_not_reminded(session: Session, shared: CorrectiveAction) -> None:
    actions.move(session, shared, ActionState.DONE, THEY, text="Repaid.")
    assert send_due(session, THE_DAY_AFTER) == 0
    checks.send_back(session, shared, Check("Two are missing."), ANNE)
    assert send_due(session, THE_DAY_AFTER) == 1


def test_who_waits_for_an_answer_or_cannot_be_mailed_is_not_reminded(
    session: Session, shared: CorrectiveAction, contact: Contact
) -> None:
    sharing.propose(session, shared, THEY, measure="Half of it", due_on=None, why="")
    assert send_due(session, THE_DAY_AFTER) == 0
    contact.bounced_at = NOW
    assert sharing.tell_supplier(session, shared, sharing.NEWS, NOW) is None


def test_another_day_begins_the_reminders_anew(session: Session, shared: CorrectiveAction) -> None:
    assert send_due(session, A_WEEK_BEFORE) == 1
    later = Plan(shared.measure, shared.owner_id, DUE + timedelta(days=7))
    actions.change(session, shared, later, ANNE)
    assert send_due(session, THE_DAY_AFTER) == 1


def test_an_action_that_is_not_shared_reminds_nobody(session: Session) -> None:
    make_action(session)
    assert send_due(session, THE_DAY_AFTER) == 0
