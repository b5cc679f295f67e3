"""Asking about one answer: ask, take the reply, conclude. Only a judgement changes the rating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.declarations.models import Declaration
from portal.events.models import Actor
from portal.events.service import record
from portal.followup import correspondence as letters
from portal.followup.clarification_models import Clarification, Conclusion
from portal.followup.correspondence import Given
from portal.followup.models import Remark
from portal.outbox.service import queue
from portal.ratings.reviewing import judge_answer
from portal.reviews.models import AnswerVerdict
from portal.reviews.reviewable import ReviewRefused, require_current
from portal.store import JsonObject
from portal.suppliers.models import Contact

VERDICTS = {
    Conclusion.ACCEPTED: AnswerVerdict.ACCEPTED,
    Conclusion.FINDING: AnswerVerdict.FINDING,
}


def contact_for(session: Session, declaration: Declaration) -> Contact | None:
    """Return who is asked: the contact that answered, else the supplier's main one that can be mailed."""
    answered = declaration.invitation.contact
    if answered.usable:
        return answered
    rows = sa.select(Contact).where(Contact.supplier_id == declaration.supplier_id)
    contacts = session.scalars(rows.order_by(Contact.primary.desc(), Contact.id))
    return next((each for each in contacts if each.usable), None)


def ask(
    session: Session,
    declaration: Declaration,
    question_id: str,
    *,
    text: str,
    due_on: date,
    today: date,
    asker: User,
    question: str,
    now: datetime,
) -> Clarification:
    """Ask the supplier about one answer, by mail with a link of its own.

    `question` is the question of the declaration in the contact's language, for the mail.

    Raises:
        ReviewRefused: the declaration is corrected, nothing is asked, nobody can be mailed, or the
            day has passed.
    """
    require_current(session, declaration)
    _require_words(text, due_on, today)
    contact = contact_for(session, declaration)
    if contact is None:
        raise ReviewRefused("Nobody at the supplier can be mailed. Add a contact first.")
    thread = letters.begin(session, contact, by=asker.email, now=now)
    row = Clarification(
        correspondence=thread,
        declaration_id=declaration.id,
        question_id=question_id,
        asked_by_id=asker.id,
        due_on=due_on,
    )
    session.add(row)
    session.flush()
    _write_and_mail(session, row, text=text, asker=asker, question=question, now=now)
    return row


def ask_again(
    session: Session,
    row: Clarification,
    *,
    text: str,
    due_on: date,
    today: date,
    asker: User,
    question: str,
    now: datetime,
) -> None:
    """Write once more in the same thread, with a new day; the reply is told to who asks now.

    Raises:
        ReviewRefused: nothing is asked, the day has passed, the thread is closed, or the contact can
            no longer be mailed.
    """
    _require_open(row)
    _require_words(text, due_on, today)
    if not row.correspondence.contact.usable:
        raise ReviewRefused(
            "Mail to this contact is no longer possible. Close this one and ask anew."
        )
    row.due_on, row.asked_by_id = due_on, asker.id
    _write_and_mail(session, row, text=text, asker=asker, question=question, now=now)


def _write_and_mail(
    session: Session, row: Clarification, *, text: str, asker: User, question: str, now: datetime
) -> None:
    thread = row.correspondence
    letters.write(session, thread, text=text, author=asker.email, by_supplier=False, now=now)
    queue(
        session,
        template="clarification",
        locale=thread.locale,
        recipient=thread.contact.email,
        context={"question": question, "words": text.strip(), "due_on": row.due_on.isoformat()},
        correspondence_id=thread.id,
        now=now,
    )
    note(session, row, "clarification.asked", by=asker.email, now=now)


def reply(
    session: Session, row: Clarification, *, text: str, files: Sequence[Given], now: datetime
) -> Remark:
    """Keep what the supplier answers and tell the user who asked last.

    Raises:
        NothingWritten: neither text nor file.
        ThreadClosed: the thread is over.
    """
    thread = row.correspondence
    remark = letters.write(
        session,
        thread,
        text=text,
        author=thread.contact.email,
        by_supplier=True,
        files=files,
        now=now,
    )
    asker = session.get_one(User, row.asked_by_id)
    if asker.active:
        queue(
            session,
            template="user_clarification_answered",
            locale=asker.locale or asker.buyer.locale,
            recipient=asker.email,
            context={
                "user_id": asker.id,
                "path": f"/clarifications/{thread.public_id}",
                "supplier_name": thread.supplier.name,
            },
            now=now,
        )
    note(
        session,
        row,
        "clarification.answered",
        by=thread.supplier.name,
        now=now,
        kind=Actor.SUPPLIER,
    )
    return remark


def conclude(
    session: Session,
    row: Clarification,
    conclusion: Conclusion,
    *,
    reason: str,
    by: str,
    now: datetime,
    severity: str = "",
) -> None:
    """Close the thread with what was made of it; accepted or a finding is a judgement of the answer.

    Raises:
        ReviewRefused: it was closed before, the reason is missing, a finding has no severity, or the
            declaration was corrected meanwhile and can no longer be judged.
    """
    _require_open(row)
    if not reason.strip():
        raise ReviewRefused("Say what you made of it.")
    if conclusion in VERDICTS:
        judge_answer(
            session,
            row.declaration,
            row.question_id,
            VERDICTS[conclusion],
            reason=reason,
            by=by,
            now=now,
            severity=severity,
        )
    row.conclusion, row.reason, row.closed_by = conclusion, reason.strip(), by
    letters.close(row.correspondence, now=now)
    details = {"conclusion": conclusion.value, "reason": reason.strip()}
    note(session, row, "clarification.closed", by=by, now=now, details=details)


def note(
    session: Session,
    row: Clarification,
    action: str,
    *,
    by: str,
    now: datetime,
    kind: Actor = Actor.BUYER,
    details: JsonObject | None = None,
) -> None:
    """Record what happened to a clarification."""
    record(
        session,
        at=now,
        actor_kind=kind,
        actor=by,
        action=action,
        subject_kind="clarification",
        subject_id=row.correspondence.public_id,
        details={"question": row.question_id, **(details or {})},
    )


def _require_words(text: str, due_on: date, today: date) -> None:
    if not text.strip():
        raise ReviewRefused("Write what you want to know.")
    if due_on <= today:
        raise ReviewRefused("Choose a day after today, so that there is time to reply.")


def _require_open(row: Clarification) -> None:
    if row.correspondence.closed_at:
        raise ReviewRefused("This clarification is closed.")
