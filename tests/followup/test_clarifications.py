"""Asking about an answer: who is told what, where it stands, and what its end does to the rating."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.followup import clarification_queries as queries
from portal.followup import clarifications
from portal.followup.clarification_models import Clarification, Conclusion
from portal.followup.clarification_queries import State
from portal.followup.correspondence import NothingWritten, ThreadClosed, thread
from portal.followup.delivery import unwanted
from portal.outbox.models import Message
from portal.ratings import service
from portal.ratings.models import Finding
from portal.ratings.queries import history
from portal.reminders.clarifications import send_due
from portal.reviews.judgements import judgements
from portal.reviews.reviewable import ReviewRefused
from tests.followup.asking import DUE, QUESTION, TODAY, WORDS, asked, declared
from tests.makers import THEN
from tests.reports.declaring import declare
from tests.signing_in import make_user

# Ten in the morning of working days in Oslo.
TUESDAY_BEFORE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
MONDAY_AFTER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


def _mails(session: Session, template: str) -> list[Message]:
    return list(session.scalars(sa.select(Message).where(Message.template == template)))


def _reply(session: Session, row: Clarification, now: datetime) -> None:
    clarifications.reply(session, row, text="Yes, it does.", files=(), now=now)


def _state(session: Session, row: Clarification, today=TODAY) -> State:
    found = queries.find(session, row.correspondence.public_id, today)
    assert found is not None
    return found.state


def test_the_question_goes_to_who_answered_in_their_language(
    session: Session, now: datetime
) -> None:
    row = asked(session, now, declaration=declared(session, locale="pl"))
    (mail,) = _mails(session, "clarification")
    assert mail.recipient == row.correspondence.contact.email
    assert (mail.locale, mail.correspondence_id) == ("pl", row.correspondence_id)
    assert mail.context["words"] == WORDS
    assert [each.remark.text for each in thread(session, row.correspondence)] == [WORDS]


def test_where_it_stands_follows_from_what_happened(session: Session, now: datetime) -> None:
    row = asked(session, now)
    assert _state(session, row) is State.OPEN
    assert _state(session, row, DUE) is State.OPEN
    assert _state(session, row, DUE + timedelta(days=1)) is State.OVERDUE
    _reply(session, row, now)
    assert _state(session, row, DUE + timedelta(days=1)) is State.ANSWERED
    clarifications.ask_again(
        session,
        row,
        text="Since when?",
        due_on=DUE,
        today=TODAY,
        asker=make_user(session, "reviewer"),
        question="Is there a day of rest?",
        now=now,
    )
    assert _state(session, row) is State.OPEN
    conclude(session, row, now, Conclusion.SET_ASIDE)
    assert _state(session, row) is State.CLOSED
    assert queries.counts(session, TODAY) == {State.CLOSED: 1}
    assert not queries.clarifications(session, TODAY, State.OPEN)


def conclude(
    session: Session, row: Clarification, now: datetime, conclusion: Conclusion, severity: str = ""
) -> None:
    clarifications.conclude(
        session,
        row,
        conclusion,
        reason="Rotas shown",
        by="rita@fjordlab.example",
        now=now,
        severity=severity,
    )


def test_a_reply_is_told_to_who_asked_last(session: Session, now: datetime) -> None:
    asker = make_user(session, "reviewer", locale="nb")
    row = asked(session, now, asker=asker)
    _reply(session, row, now)
    (mail,) = _mails(session, "user_clarification_answered")
    assert (mail.recipient, mail.locale) == (asker.email, "nb")
    assert mail.context["path"] == f"/clarifications/{row.correspondence.public_id}"


def test_the_thread_changes_no_rating_and_the_judgement_makes_the_finding(
    session: Session, now: datetime
) -> None:
    declaration = declared(session)
    service.after_submission(session, declaration, THEN)
    before = len(history(session, declaration.supplier_id))
    row = asked(session, now, declaration=declaration)
    _reply(session, row, now)
    assert len(history(session, declaration.supplier_id)) == before
    with pytest.raises(ReviewRefused, match="severity"):
        conclude(session, row, now, Conclusion.FINDING)
    conclude(session, row, now, Conclusion.FINDING, severity="high")
    judged = judgements(session, [declaration.id])[declaration.id][QUESTION]
    assert (judged.verdict, judged.reason) == ("finding", "Rotas shown")
    found = session.scalars(sa.select(Finding).where(Finding.made_by != "")).one()
    assert (found.text, found.severity) == ("Rotas shown", "high")


def test_a_closed_clarification_takes_nothing_more(session: Session, now: datetime) -> None:
    row = asked(session, now)
    conclude(session, row, now, Conclusion.ACCEPTED)
    with pytest.raises(ThreadClosed):
        _reply(session, row, now)
    with pytest.raises(ReviewRefused, match="closed"):
        conclude(session, row, now, Conclusion.ACCEPTED)
    (mail,) = _mails(session, "clarification")
    assert unwanted(session, mail, row.correspondence) == "the thread is closed"


def test_what_was_done_stands_in_the_trail(session: Session, now: datetime) -> None:
    row = asked(session, now)
    _reply(session, row, now)
    conclude(session, row, now, Conclusion.ACCEPTED)
    events = session.scalars(
        sa.select(Event).where(Event.subject_kind == "clarification").order_by(Event.seq)
    ).all()
    assert [(each.action, each.actor_kind.value) for each in events] == [
        ("clarification.asked", "buyer"),
        ("clarification.answered", "supplier"),
        ("clarification.closed", "buyer"),
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": " "}, "Write what you want to know"),
        ({"due_on": TODAY}, "day after today"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    session: Session, now: datetime, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ReviewRefused, match=sentence):
        asked(session, now, **values)
    assert not _mails(session, "clarification")


def test_nobody_is_asked_who_cannot_be_mailed(session: Session, now: datetime) -> None:
    with pytest.raises(ReviewRefused, match="Nobody at the supplier"):
        asked(session, now, declaration=declared(session, left_at=now))


def test_a_corrected_declaration_is_not_asked_about(session: Session, now: datetime) -> None:
    declaration = declared(session)
    declare(session, declaration.invitation, {QUESTION: "no"}, supersedes=declaration)
    with pytest.raises(ReviewRefused, match="corrected"):
        asked(session, now, declaration=declaration)


def test_an_empty_reply_is_none(session: Session, now: datetime) -> None:
    row = asked(session, now)
    with pytest.raises(NothingWritten):
        clarifications.reply(session, row, text=" ", files=(), now=now)


def test_who_does_not_reply_is_reminded_once_before_and_once_after(
    session: Session, now: datetime
) -> None:
    asked(session, now)
    assert not send_due(session, now)
    for moment, overdue in ((TUESDAY_BEFORE, False), (MONDAY_AFTER, True)):
        (sent,) = send_due(session, moment)
        assert sent.due_on == DUE
        assert not send_due(session, moment)
        assert _mails(session, "clarification_reminder")[-1].context["overdue"] is overdue
    assert not send_due(session, MONDAY_AFTER + timedelta(days=30))


def test_who_has_replied_is_not_reminded(session: Session, now: datetime) -> None:
    row = asked(session, now)
    send_due(session, TUESDAY_BEFORE)
    _reply(session, row, TUESDAY_BEFORE)
    assert not send_due(session, MONDAY_AFTER)
    (mail,) = _mails(session, "clarification_reminder")
    assert unwanted(session, mail, row.correspondence) == "the supplier has replied"
