"""Signing on both databases: one immutable declaration, what was asked and nothing else."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.models import Invitation, InvitationState
from portal.declarations import (
    answering,
    attachments,
    drafts,
    receipts,
    sealing,
    service,
    signing,
)
from portal.declarations.attachments import accept
from portal.declarations.drafts import Change
from portal.declarations.models import Declaration, SignatoryRole, TextPrint
from portal.declarations.queries import latest
from portal.declarations.signing import Signatory
from portal.declarations.standing import NotOpen
from portal.events.models import Event
from portal.files import FileStore
from portal.outbox.models import Message
from tests.declarations.surveys import LIBRARY, SHORT_FORM, complete, make_survey, opened
from tests.makers import THEN
from tests.samples import PDF

OLA = Signatory("Ola Hansen", "Daglig leder", SignatoryRole.MANAGING_DIRECTOR, "I may sign.")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> sealing.InstallationKey:
    """The key of an installation."""
    return sealing.installation_key(tmp_path_factory.mktemp("instance"))


@pytest.fixture
def invitation(session: Session) -> Invitation:
    """A complete survey."""
    invitation = make_survey(session)
    complete(session, invitation)
    return invitation


def sign(
    session: Session, invitation: Invitation, key: sealing.InstallationKey, **values: Any
) -> service.Signed:
    defaults = {
        "key": key,
        "short_form": SHORT_FORM,
        "locale": "en",
        "now": datetime.fromisoformat("2026-11-21T09:00:00Z"),
        "ip": "192.0.2.77",
    }
    return service.sign(session, invitation, OLA, **(defaults | values))


def test_the_document_says_who_declares_what(
    session: Session, invitation: Invitation, key: sealing.InstallationKey
) -> None:
    declaration = sign(session, invitation, key).declaration
    document = json.loads(declaration.document)
    assert document["supplier"]["name"] == invitation.supplier.name
    assert document["signatory"]["role"] == "managing_director"
    assert document["signatory"]["statements"][0].startswith("I am entitled to sign")
    assert document["questionnaires"][0]["id"] == "supplier_code_of_conduct"
    assert document["code_of_conduct"]["version"] == "standard-1"
    assert (document["ip"], document["signed_at"]) == ("192.0.2.0", "2026-11-21T09:00:00Z")
    assert document["answers"]["coc_acceptance"] == "accept"
    assert document["previous"] is None
    assert invitation.state is InvitationState.SUBMITTED


def test_what_several_questionnaires_state_together_is_stated_once(session: Session) -> None:
    names = ("supplier_code_of_conduct", "labour_rights", "conflict_minerals_3tg")
    stated = signing.stated(opened(session, make_survey(session, names)))
    assert len(stated.together) == 1
    assert stated.together[0].startswith("I am entitled to sign")
    assert [title for title, _ in stated.besides] == [LIBRARY[name].title for name in names]
    assert stated.all() == [*stated.together, *(text for _, text in stated.besides)]


def test_the_receipt_verifies(
    session: Session, invitation: Invitation, key: sealing.InstallationKey
) -> None:
    receipt = service.receipt(sign(session, invitation, key).declaration, [key.public])
    assert receipts.verify(receipt, [key.public]).intact


def test_hidden_answers_comments_and_files_are_not_declared(
    session: Session,
    invitation: Invitation,
    key: sealing.InstallationKey,
    now: datetime,
    tmp_path: Path,
) -> None:
    hidden = {"coc_reservations": Change("Once thought", "and said")}
    drafts.save(session, invitation, hidden, "anna", now)
    files = FileStore(f"file://{tmp_path / 'files'}")
    for question in ("coc_own_code_file", "coc_policy"):
        attachments.add(session, files, invitation, question, file=accept("code.pdf", PDF), now=now)
    document = json.loads(sign(session, invitation, key).declaration.document)
    assert "coc_reservations" not in document["answers"]
    assert "coc_reservations" not in document["comments"]
    assert [file["question"] for file in document["files"]] == ["coc_policy"]
    assert "coc_reservations" in drafts.answers(session, invitation)


def test_missing_answers_are_named(session: Session, key: sealing.InstallationKey) -> None:
    invitation = make_survey(session)
    with pytest.raises(service.Incomplete) as incomplete:
        sign(session, invitation, key)
    assert incomplete.value.question_ids == opened(session, invitation).missing
    assert latest(session, invitation) is None


def test_a_second_submit_returns_the_first(
    session: Session, invitation: Invitation, key: sealing.InstallationKey
) -> None:
    first, second = sign(session, invitation, key), sign(session, invitation, key)
    assert (first.new, second.new) == (True, False)
    assert second.declaration is first.declaration


def test_a_correction_supersedes(
    session: Session, invitation: Invitation, key: sealing.InstallationKey, now: datetime
) -> None:
    first = sign(session, invitation, key).declaration
    drafts.save(session, invitation, {"coc_responsible": Change("no")}, "anna", now)
    second = sign(session, invitation, key, previous=first.public_id).declaration
    again = sign(session, invitation, key, previous=first.public_id)
    assert second.supersedes_id == first.id
    assert json.loads(second.document)["previous"] == {
        "id": first.public_id,
        "sha256": first.sha256,
    }
    assert (again.new, again.declaration) == (False, second)


def test_answers_changed_since_they_were_read_are_not_signed(
    session: Session, invitation: Invitation, key: sealing.InstallationKey, now: datetime
) -> None:
    seen = drafts.fingerprint(drafts.revisions(session, invitation))
    drafts.save(session, invitation, {"coc_responsible": Change("no")}, "anna", now)
    with pytest.raises(service.ChangedMeanwhile):
        sign(session, invitation, key, seen=seen)


@pytest.mark.parametrize("state", [InvitationState.CANCELLED, InvitationState.DECLINED])
def test_what_is_not_open_is_not_signed(
    session: Session, invitation: Invitation, key: sealing.InstallationKey, state: InvitationState
) -> None:
    invitation.state = state
    session.flush()
    with pytest.raises(NotOpen):
        sign(session, invitation, key)


def test_both_get_a_receipt_and_the_trail_a_line(
    session: Session, invitation: Invitation, key: sealing.InstallationKey, now: datetime
) -> None:
    answering.request_signature(
        session, invitation, name="Ola", email="ola@supplier.example", locale="nb", now=now
    )
    sign(session, invitation, key)
    mails = session.execute(
        sa.select(Message.recipient, Message.locale).where(Message.template == "receipt")
    ).all()
    assert sorted(mails) == sorted(
        [(invitation.contact.email, "en"), ("ola@supplier.example", "nb")]
    )
    actions = session.scalars(sa.select(Event.action).order_by(Event.seq)).all()
    assert actions == ["signature.requested", "declaration.signed"]


@pytest.mark.parametrize(("minutes", "mails"), [(0, 1), (5, 2)])
def test_a_signature_is_asked_for_once_however_often_the_button_is_pressed(
    session: Session, invitation: Invitation, now: datetime, minutes: int, mails: int
) -> None:
    ola = {"name": "Ola", "email": "ola@supplier.example", "locale": "nb"}
    answering.request_signature(session, invitation, **ola, now=now)
    answering.request_signature(session, invitation, **ola, now=now + timedelta(minutes=minutes))
    assert session.scalar(sa.select(sa.func.count(Message.id))) == mails
    assert invitation.sign_link_version == 1


@pytest.mark.parametrize(("comment", "mails"), [("Too few.", 1), ("Too many.", 2)])
def test_the_form_is_sent_back_once_however_often_the_button_is_pressed(
    session: Session, invitation: Invitation, now: datetime, comment: str, mails: int
) -> None:
    answering.send_back(session, invitation, "Too few.", now)
    answering.send_back(session, invitation, comment, now)
    assert session.scalar(sa.select(sa.func.count(Message.id))) == mails


def test_two_submits_at_once_make_one_declaration(
    engine: sa.Engine, session: Session, key: sealing.InstallationKey
) -> None:
    invitation = make_survey(session)
    complete(session, invitation)
    buyer_id, invitation_id = invitation.buyer_id, invitation.id
    session.commit()
    outcomes: list[service.Signed] = []

    def submit() -> None:
        with Session(engine) as own:
            store.scope(own, buyer_id)
            outcomes.append(sign(own, own.get_one(Invitation, invitation_id), key))
            own.commit()

    submits = [Thread(target=submit) for _ in range(2)]
    for each in submits:
        each.start()
    for each in submits:
        each.join()
    assert sorted(signed.new for signed in outcomes) == [False, True]
    assert session.scalar(sa.select(sa.func.count()).select_from(Declaration)) == 1


def test_free_texts_leave_a_print(
    session: Session, invitation: Invitation, key: sealing.InstallationKey
) -> None:
    words = "We pay at least the minimum wage that our law sets, and more for overtime."
    kept = drafts.answers_and_revisions(session, invitation)[0]
    name = next(each for each in kept if not each.endswith(drafts.COMMENT))
    drafts.save(session, invitation, {name: Change(kept[name], words)}, "test", THEN)
    declaration = sign(session, invitation, key).declaration
    rows = session.execute(sa.select(TextPrint.question_id, TextPrint.declaration_id)).all()
    assert rows == [(name, declaration.id)]
