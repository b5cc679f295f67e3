"""Answers from public documents on both databases: credit with a link, superseded by a declaration."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation, InvitationState
from portal.ratings import service
from portal.ratings.case import Case, Credit
from portal.ratings.declared import asked_in
from portal.ratings.models import RatingRecord
from portal.ratings.queries import latest
from portal.ratings.records import fault_of
from portal.ratings.residual import Basis
from portal.ratings.reviewing import answer_publicly
from portal.ratings.settings import Value
from portal.ratings.silence import silent_suppliers
from portal.reviews.public_answers import public_answers
from portal.reviews.reviewable import ReviewRefused
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare
from tests.reports.reading import read

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MUCH_LATER = NOW + timedelta(days=90)
URL = "https://bolt.example/statement.pdf"


@pytest.fixture
def invitation(session: Session) -> Invitation:
    """A supplier that was asked and is silent."""
    supplier = make_supplier(session, country="CN", category="ict_equipment")
    contact = make_contact(session, supplier)
    made = make_survey(
        session, ["labour_rights"], contact=contact, state=InvitationState.SENT, sent_at=THEN
    )
    service.after_launch(session, [made], NOW)
    return made


def rating(session: Session, invitation: Invitation) -> RatingRecord:
    row = latest(session, invitation.supplier_id)
    assert row is not None
    assert fault_of(row) == ""
    return row


def credit_in(row: RatingRecord) -> Credit:
    credits_ = Case.from_data(row.inputs["case"]).credits
    return next(each for each in credits_ if each.question == "lab_rest_day")


def answer(session: Session, invitation: Invitation, **other: object) -> None:
    [asked] = asked_in(session, invitation.campaign_id)
    question = asked.question("lab_rest_day")
    assert question is not None
    given = {"url": URL, "read_on": date(2026, 11, 20), "note": "Page 4", "by": "rita"}
    value = other.pop("value", "yes")
    answer_publicly(session, invitation, question, value, **(given | {"now": NOW} | other))


def test_a_public_document_earns_credit_as_evidence_and_says_so(
    session: Session, invitation: Invitation
) -> None:
    before = rating(session, invitation).residual
    answer(session, invitation)
    row = rating(session, invitation)
    assert row.residual < before
    assert row.basis == Basis.PUBLIC_DOCUMENTS
    credit = credit_in(row)
    assert (credit.value, credit.answered_on) == (Value.EVIDENCED, date(2026, 11, 20))
    codes = {line["code"] for line in row.explanation}
    assert {"topic.public", "state.public"} <= codes
    assert "topic.credit" not in codes
    answer(session, invitation, value=None)
    assert rating(session, invitation).residual == before
    assert public_answers(session, invitation.id) == {}


def test_what_silence_adds_stays_and_is_rated_once(
    session: Session, invitation: Invitation
) -> None:
    service.after_deadline(session, MUCH_LATER)
    silent = rating(session, invitation).residual
    answer(session, invitation, now=MUCH_LATER, read_on=MUCH_LATER.date())
    row = rating(session, invitation)
    assert row.inherent < row.residual < silent or row.residual <= silent
    assert "state.overdue" in {line["code"] for line in row.explanation}
    assert silent_suppliers(session, MUCH_LATER) == []


def test_the_suppliers_own_declaration_takes_its_place(
    session: Session, invitation: Invitation
) -> None:
    answer(session, invitation)
    declared = declare(session, invitation, {"lab_rest_day": "yes"}, now=NOW)
    service.after_submission(session, declared, NOW)
    row = rating(session, invitation)
    assert row.basis == Basis.SELF_DECLARED
    credit = credit_in(row)
    assert credit.value is Value.DECLARED
    with pytest.raises(ReviewRefused, match="answered itself"):
        answer(session, invitation)
    [told] = read(session, "public_answers")
    assert (told["answer"], told["answered_by"], told["superseded"]) == ('"yes"', "buyer", "true")
    assert told["url"] == URL
    assert "read_by" not in told


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"url": "bolt.example"}, "Give the address"),
        ({"url": "javascript:alert(1)"}, "Give the address"),
        ({"url": "https://["}, "Give the address"),
        ({"read_on": None}, "on which day"),
        ({"read_on": date(2027, 1, 1)}, "on which day"),
    ],
)
def test_without_address_and_day_nothing_is_kept(
    session: Session, invitation: Invitation, fault: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ReviewRefused, match=sentence):
        answer(session, invitation, **fault)
    assert public_answers(session, invitation.id) == {}
