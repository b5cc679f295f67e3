"""A corrective action and its supplier: the link to it, what the supplier says, who is told by mail."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.followup import actions, proposals
from portal.followup.action_models import ActionState, ActionStep, CorrectiveAction, StepKind
from portal.followup.actions import ActionRefused, Proof, Refusal, add_step, require_not_closed
from portal.followup.correspondence import begin
from portal.followup.duties import tell
from portal.followup.models import Correspondence
from portal.outbox.models import Message
from portal.outbox.service import queue
from portal.suppliers.models import Contact
from portal.suppliers.service import Author

SHARED = "action_shared"
NEWS = "action_news"
TO_OWNER = "user_action"


def share(
    session: Session, action: CorrectiveAction, contact: Contact, author: Author
) -> ActionStep:
    """Mail a contact of the supplier the link to the action; return the step.

    Whoever had the link before is not written to any more, and that link opens nothing.

    Raises:
        ActionRefused: the action is closed, or this is nobody of its supplier who may be mailed.
    """
    require_not_closed(action)
    if contact.supplier_id != action.supplier_id or not contact.usable:
        raise ActionRefused(Refusal.NOBODY)
    thread = action.correspondence
    if thread is None:
        thread = begin(session, contact, by=author.name, now=author.at)
        action.correspondence = thread
    elif thread.contact_id != contact.id:
        thread.contact, thread.locale = contact, contact.locale
        thread.link_version += 1
    session.flush()
    tell_supplier(session, action, SHARED, author.at)
    return add_step(session, action, StepKind.SHARED, author, details={"to": contact.email})


def shared_in(session: Session, thread: Correspondence) -> CorrectiveAction | None:
    """Return the action that `thread` is about; None if it is about something else."""
    return session.scalar(
        sa.select(CorrectiveAction).where(CorrectiveAction.correspondence_id == thread.id)
    )


def report(
    session: Session,
    action: CorrectiveAction,
    state: ActionState,
    author: Author,
    *,
    text: str,
    proof: Proof,
) -> ActionStep:
    """Keep what the supplier says about how far it has come, and tell the owner; return the step.

    Raises:
        ActionRefused: the action is closed, or is called done without a word on what was done.
    """
    step = actions.move(session, action, state, author, text=text, proof=proof)
    tell_owner(session, action, author.at)
    return step


def propose(
    session: Session,
    action: CorrectiveAction,
    author: Author,
    *,
    measure: str,
    due_on: date | None,
    why: str,
) -> ActionStep:
    """Keep what the supplier proposes instead, and tell the owner; return the step.

    Raises:
        ActionRefused: see `portal.followup.proposals.propose`.
    """
    step = proposals.propose(session, action, author, measure=measure, due_on=due_on, why=why)
    tell_owner(session, action, author.at)
    return step


def tell_owner(session: Session, action: CorrectiveAction, now: datetime) -> Message:
    """Queue a mail to the person who sees to the action: its supplier has answered."""
    values = {"supplier_name": action.supplier.name, "path": f"/actions/{action.public_id}"}
    return tell(session, action.owner, TO_OWNER, values, now)


def tell_supplier(
    session: Session, action: CorrectiveAction, template: str, now: datetime
) -> Message | None:
    """Queue the mail `template` to whoever has the link; None where nobody may be mailed."""
    thread = action.correspondence
    if thread is None or not thread.contact.usable:
        return None
    return queue(
        session,
        template=template,
        locale=thread.locale,
        recipient=thread.contact.email,
        context={"due_on": action.due_on.isoformat()},
        correspondence_id=thread.id,
        now=now,
    )
