"""Reviewing moves the rating as far as it says, and the history keeps why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.declarations.models import Attachment, Declaration
from portal.ratings import service
from portal.ratings.case import Credit
from portal.ratings.finding_queries import findings_of
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.queries import history, latest
from portal.ratings.records import fault_of
from portal.ratings.reviewing import judge_answer, judge_file
from portal.ratings.settings import Value
from portal.reviews.decisions import decide, decided, decisions
from portal.reviews.models import AnswerVerdict, Outcome, Shown
from portal.reviews.reviewable import ReviewRefused
from portal.suppliers.models import Supplier
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WHO = {"by": "rita@buyer.example", "now": NOW}
CERTIFICATES = [
    {"id": name, "held": "yes", "file": "shown.pdf"} for name in ("iso_14001", "iso_9001", "sa8000")
]
ANSWERS = {
    "lab_rest_day": "yes",
    "env_holds": "yes",
    "env_permits": "na",
    "env_certificates": CERTIFICATES,
}


def given(session: Session, declaration_of, question: str) -> tuple[Declaration, Attachment]:
    supplier = make_supplier(session, country="CN", category="ict_equipment")
    asked = ["labour_rights", "environment_certificates"]
    invitation = make_survey(session, asked, contact=make_contact(session, supplier))
    file = Attachment(
        invitation_id=invitation.id,
        question_id=question,
        name="shown.pdf",
        media_type="application/pdf",
        size=1,
        sha256="b" * 64,
        storage_key=question,
        uploaded_at=THEN,
    )
    session.add(file)
    session.flush()
    declaration = declaration_of(session, invitation, ANSWERS, files=(file,))
    service.after_submission(session, declaration, THEN)
    return declaration, file


def read(session: Session, at: tuple[Declaration, Attachment], shown: Shown, until=None) -> None:
    judge_file(session, *at, shown, holds_until=until, reason="Rang the issuer", **WHO)


def credit(session: Session, declaration: Declaration, question: str, now=NOW) -> Credit:
    supplier = session.get_one(Supplier, declaration.supplier_id)
    case = service.basis_of(session, supplier, now).case
    return next(each for each in case.credits if each.question == question)


def newest(session: Session, declaration: Declaration) -> RatingRecord:
    row = latest(session, declaration.supplier_id)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("shown", "worth"),
    [
        (Shown.SAYS, Value.DECLARED),
        (Shown.SHOWS, Value.EVIDENCED),
        (Shown.VERIFIED, Value.VERIFIED),
    ],
)
def test_a_file_is_worth_what_a_reviewer_saw_in_it(session, shown, worth):
    at = given(session, declare, "lab_rest_day")
    read(session, at, shown)
    assert credit(session, at[0], "lab_rest_day").value is worth


def test_what_a_file_shows_lowers_the_rating_until_its_last_day(session):
    at = given(session, declare, "lab_rest_day")
    before = newest(session, at[0])
    read(session, at, Shown.SHOWS, date(2026, 12, 31))
    after = newest(session, at[0])
    assert (after.trigger, after.declaration_id) == (RatingTrigger.REVIEW, at[0].id)
    assert after.effectiveness > before.effectiveness
    last = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)  # a minute to midnight where the buyer is
    assert credit(session, at[0], "lab_rest_day", last).value is Value.EVIDENCED
    over = last + timedelta(minutes=1)
    assert credit(session, at[0], "lab_rest_day", over).value is Value.DECLARED
    service.recompute(session, None, over)
    assert newest(session, at[0]).effectiveness < after.effectiveness
    assert [fault_of(row) for row in history(session, at[0].supplier_id)] == [""] * 3


def test_the_newest_reading_of_a_file_counts(session):
    at = given(session, declare, "lab_rest_day")
    read(session, at, Shown.VERIFIED)
    read(session, at, Shown.SAYS)
    assert credit(session, at[0], "lab_rest_day").value is Value.DECLARED


@pytest.mark.parametrize(
    ("row", "worth"), [("iso_14001", Value.VERIFIED), ("sa8000", None), ("iso_9001", None)]
)
def test_a_certificate_moves_only_its_own_topic(session, row, worth):
    at = given(session, declare, f"env_certificates.{row}.file")
    before = credit(session, at[0], "env_certificates")
    read(session, at, Shown.VERIFIED)
    assert credit(session, at[0], "env_certificates").value is (worth or before.value)
    assert credit(session, at[0], "lab_rest_day").value is Value.DECLARED


def test_a_file_that_a_correction_left_out_no_longer_counts(session):
    at = given(session, declare, "lab_rest_day")
    read(session, at, Shown.SHOWS)
    later = declare(session, at[0].invitation, ANSWERS, supersedes=at[0], now=NOW)
    assert credit(session, later, "lab_rest_day").value is Value.DECLARED
    with pytest.raises(ReviewRefused, match="corrected"):
        read(session, at, Shown.VERIFIED)


def test_a_finding_made_by_hand_stays_through_a_correction(session):
    declaration, _ = given(session, declare, "lab_rest_day")
    with pytest.raises(ReviewRefused, match="severity"):
        _judge(session, declaration, AnswerVerdict.FINDING)
    _judge(session, declaration, AnswerVerdict.FINDING, severity="high")
    later = declare(session, declaration.invitation, ANSWERS, supersedes=declaration, now=NOW)
    service.after_submission(session, later, NOW)
    [made] = [each for each in findings_of(session, declaration.supplier_id) if each.made_by]
    assert (made.text, made.severity, made.status) == ("Nobody dares to use it", "high", "open")


@pytest.mark.parametrize(
    ("question", "reason", "words"),
    [
        ("lab_min_age", "Why", "not answered"),
        ("lab_rest_day", "Why", "not relevant"),
        ("lab_rest_day", "", "not relevant"),
    ],
)
def test_what_was_not_called_irrelevant_cannot_be_accepted_as_such(
    session, question, reason, words
):
    declaration, _ = given(session, declare, "lab_rest_day")
    verdict = AnswerVerdict.NOT_RELEVANT_ACCEPTED
    with pytest.raises(ReviewRefused, match=words):
        judge_answer(session, declaration, question, verdict, reason=reason, **WHO)


def test_an_accepted_not_relevant_leaves_the_set_and_a_refused_one_comes_back(session):
    declaration, _ = given(session, declare, "lab_rest_day")
    question = "env_permits"
    assert credit(session, declaration, question).value is Value.NOT_RELEVANT
    for verdict, worth in (
        (AnswerVerdict.NOT_RELEVANT_ACCEPTED, Value.ACCEPTED_NOT_RELEVANT),
        (AnswerVerdict.NOT_RELEVANT_REFUSED, Value.NOT_RELEVANT),
    ):
        judge_answer(session, declaration, question, verdict, reason="No site", **WHO)
        assert credit(session, declaration, question).value is worth


def test_decisions_are_kept_and_the_newest_counts(session):
    declaration, _ = given(session, declare, "lab_rest_day")
    with pytest.raises(ReviewRefused, match="reason"):
        decide(session, declaration, Outcome.REJECTED, reason=" ", role="reviewer", **WHO)
    decide(session, declaration, Outcome.RETURNED, reason="Pay?", role="reviewer", **WHO)
    decide(session, declaration, Outcome.APPROVED, reason="Told", role="buyer", **WHO)
    assert decisions(session, [declaration.id])[declaration.id].outcome is Outcome.APPROVED
    assert len(decided(session, declaration.id)) == 2


def _judge(session, declaration, verdict: AnswerVerdict, **more: str) -> None:
    reason = "Nobody dares to use it"
    judge_answer(session, declaration, "lab_rest_day", verdict, reason=reason, **more, **WHO)
