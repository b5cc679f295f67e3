"""Giving a declaration back: what is open again, what stays as signed, and what is refused."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.declarations import drafts, returning
from portal.declarations.drafts import Change
from portal.declarations.models import Attachment, Declaration
from portal.outbox.models import Message
from portal.reviews.returns import flag, give_back, unflag
from portal.reviews.reviewable import ReviewRefused
from tests.declarations.surveys import make_survey, opened
from tests.makers import THEN
from tests.reports.declaring import declare

WHO = {"by": "rita@fjordlab.example", "now": THEN}
ANSWERS = {
    "coc_acceptance": "accept",
    "coc_policy": "yes",
    "coc_policy.comment": "Since 2020",
    "coc_incidents": "no",
}


def _declared(session: Session) -> Declaration:
    """Return a declaration whose drafts are what was signed."""
    invitation = make_survey(session)
    file = Attachment(
        invitation_id=invitation.id,
        question_id="coc_policy",
        name="policy.pdf",
        media_type="application/pdf",
        size=1,
        sha256="b" * 64,
        storage_key="kept",
        uploaded_at=THEN,
    )
    session.add(file)
    session.flush()
    changes = {
        name: Change(value, ANSWERS.get(f"{name}.comment", ""))
        for name, value in ANSWERS.items()
        if "." not in name
    }
    drafts.save(session, invitation, changes, "test", THEN)
    return declare(session, invitation, ANSWERS, files=(file,))


def _flag(session: Session, declaration: Declaration, question: str = "coc_acceptance") -> None:
    flag(session, declaration, question, reason="Which points?", **WHO)


def test_only_flagged_questions_and_what_they_reveal_are_open(session: Session) -> None:
    declaration = _declared(session)
    invitation = declaration.invitation
    _flag(session, declaration)
    assert not opened(session, invitation).locked
    give_back(session, declaration, reason="One thing is unclear.", **WHO)
    survey = opened(session, invitation)
    assert survey.returned is not None
    assert survey.returned.flagged == {"coc_acceptance": "Which points?"}
    assert {"coc_policy", "coc_incidents"} <= survey.locked
    assert "coc_acceptance" not in survey.locked
    changed = {"coc_acceptance": Change("reservations")}
    drafts.save(session, invitation, changed, "somebody", THEN)
    survey = opened(session, invitation)
    assert "coc_reservations" in survey.shown.ids
    assert "coc_reservations" not in survey.locked


def test_what_was_changed_and_not_signed_is_put_back(session: Session, now: datetime) -> None:
    declaration = _declared(session)
    invitation = declaration.invitation
    begun = {"coc_policy": Change("no"), "coc_acceptance": Change("decline")}
    drafts.save(session, invitation, begun, "somebody", now)
    file = session.scalars(sa.select(Attachment)).one()
    file.removed_at = now
    _flag(session, declaration)
    give_back(session, declaration, reason="One thing is unclear.", **WHO)
    answers = drafts.answers(session, invitation)
    assert (answers["coc_policy"], answers["coc_policy.comment"]) == ("yes", "Since 2020")
    assert answers["coc_acceptance"] == "decline"
    assert file.removed_at is None


def test_without_flags_everything_is_open(session: Session) -> None:
    declaration = _declared(session)
    give_back(session, declaration, reason="Please look again.", **WHO)
    survey = opened(session, declaration.invitation)
    assert survey.returned is not None
    assert not survey.locked
    assert survey.open_places == survey.places


def test_the_mail_says_how_many_questions(session: Session) -> None:
    declaration = _declared(session)
    _flag(session, declaration)
    _flag(session, declaration, "coc_policy")
    unflag(session, declaration, "coc_policy")
    give_back(session, declaration, reason="One thing is unclear.", **WHO)
    mail = session.scalars(sa.select(Message).where(Message.template == "returned")).one()
    assert mail.context == {"count": 1, "reason": "One thing is unclear."}
    assert mail.recipient == declaration.invitation.contact.email


def test_a_new_declaration_ends_it(session: Session) -> None:
    declaration = _declared(session)
    _flag(session, declaration)
    give_back(session, declaration, reason="One thing is unclear.", **WHO)
    declare(session, declaration.invitation, ANSWERS, supersedes=declaration)
    assert returning.asked_back(session, declaration.invitation) is None
    with pytest.raises(ReviewRefused, match="corrected"):
        _flag(session, declaration)


def test_what_cannot_be_is_refused(session: Session, now: datetime) -> None:
    declaration = _declared(session)
    with pytest.raises(ReviewRefused, match="the supplier reads it"):
        flag(session, declaration, "coc_policy", reason=" ", **WHO)
    with pytest.raises(ReviewRefused, match="not answered"):
        flag(session, declaration, "coc_reservations", reason="Why?", **WHO)
    with pytest.raises(ReviewRefused, match="reason"):
        give_back(session, declaration, reason="", **WHO)
    declaration.invitation.campaign.closed_at = now
    with pytest.raises(ReviewRefused, match="closed"):
        give_back(session, declaration, reason="Please look again.", **WHO)
    declaration.invitation.campaign.closed_at = None
    give_back(session, declaration, reason="Please look again.", **WHO)
    for again in (
        lambda: give_back(session, declaration, reason="Please look again.", **WHO),
        lambda: _flag(session, declaration),
    ):
        with pytest.raises(ReviewRefused, match="already"):
            again()
