"""Example values for every name that stands in the address of a buyer page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from portal.buyers.models import CodeOfConduct
from portal.declarations.attachments import Accepted
from portal.declarations.models import Attachment
from portal.files import StoredFile
from portal.followup.correspondence import Given, write
from portal.followup.models import RemarkFile
from portal.followup.visit_models import Visit, VisitFile, VisitKind
from portal.outbox.models import Message
from portal.questionnaires.models import PublishedQuestionnaire
from portal.ratings.models import RatingOverride, RedFlag
from portal.store import Base
from tests.declarations.surveys import make_survey
from tests.followup.acting import make_proof, make_reported
from tests.followup.asking import asked
from tests.makers import THEN, make_contact, make_subject, make_supplier
from tests.reports.declaring import declare
from tests.samples import OWN_QUESTIONNAIRE
from tests.signing_in import make_user

_numbers = count(1)

# Names in addresses that are no ids: one value that the page knows.
WORDS: dict[str, object] = {
    "act": "left",
    "kind": "answers",
    "question_id": "lab_min_age",
    "version": "1.0.0",
}


def example_ids(session: Session) -> dict[str, object]:
    """Return the name in addresses -> id of a row that the session's buyer has, for every kind.

    A new kind of page: make its row here, under the name that stands in its address; under
    "blueprint.name" where another page calls something else by the same name.
    """
    supplier = make_supplier(session)
    contact = make_contact(session, supplier)
    invitation = make_survey(session, ["labour_rights"], contact=contact)
    attachment = _stored(session, _attachment(invitation.id))
    declaration = declare(session, invitation, {}, files=(attachment,))
    finding = make_reported(session, supplier)
    proof = make_proof(session, finding)
    return {
        "supplier_id": supplier.id,
        "questionnaire_id": _stored(session, _own_questionnaire()).questionnaire_id,
        "contact_id": contact.id,
        "subject_id": make_subject(session, supplier).id,
        "supplier_subjects.act": "end",
        "campaign_id": invitation.campaign_id,
        "invitation_id": invitation.id,
        "public_id": declaration.public_id,
        "declaration_id": declaration.id,
        "attachment_id": attachment.id,
        "findings.public_id": finding.public_id,
        "finding_id": finding.public_id,
        "reported_id": finding.public_id,
        "actions.public_id": proof.action.public_id,
        "action_acts.public_id": proof.action.public_id,
        "actions.file_id": proof.id,
        **_clarification(session),
        "reminders.public_id": invitation.public_id,
        "calls.public_id": invitation.public_id,
        "invitations.public_id": invitation.public_id,
        "public_answers.public_id": invitation.public_id,
        "message_id": _stored(session, _message(invitation.id)).id,
        "code_id": _stored(session, _code()).id,
        "flag_id": _stored(session, _flag(supplier.id)).id,
        "override_id": _stored(session, _override(supplier.id)).id,
        "visit_id": (visit := _stored(session, _visit(supplier.id))).id,
        "visit_file_id": _stored(session, _visit_file(visit.id)).id,
        "user_id": make_user(session, "buyer").id,
    }


def _clarification(session: Session) -> dict[str, object]:
    """Return the names in addresses of a clarification with a file in its thread."""
    thread = asked(session, THEN).correspondence
    given = Given(Accepted("a.pdf", "application/pdf", b"a"), StoredFile(uuid4().hex, 1, "c" * 64))
    remark = write(session, thread, text="", author="", by_supplier=True, files=[given], now=THEN)
    file = session.scalars(sa.select(RemarkFile).where(RemarkFile.remark_id == remark.id)).one()
    name = thread.public_id
    return {
        "clarifications.public_id": name,
        "asking.thread_id": name,
        "clarifications.file_id": file.id,
    }


def buyer_rules(app: Flask) -> list[Rule]:
    """Return the routes whose view is written in `portal.web.buyer`."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if app.view_functions[rule.endpoint].__module__.startswith("portal.web.buyer")
    ]


def values_of(rule: Rule, ids: Mapping[str, object]) -> dict[str, object]:
    """Return the values for the names in the address of `rule`, without those that have none."""
    blueprint = rule.endpoint.rpartition(".")[0]
    known = WORDS | dict(ids)
    keys = {name: f"{blueprint}.{name}" for name in rule.arguments}
    return {
        name: known[key if key in known else name]
        for name, key in keys.items()
        if key in known or name in known
    }


def address(app: Flask, rule: Rule, values: Mapping[str, object]) -> str:
    """Return the path of `rule` with `values` in it."""
    return app.url_map.bind("portal.test").build(rule.endpoint, dict(values))


def _stored(session: Session, row: Any) -> Any:
    assert isinstance(row, Base)
    session.add(row)
    session.flush()
    return row


def _attachment(invitation_id: int) -> Attachment:
    return Attachment(
        invitation_id=invitation_id,
        question_id="lab_min_age",
        name="policy.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        storage_key=uuid4().hex,
        uploaded_at=THEN,
    )


def _flag(supplier_id: int) -> RedFlag:
    return RedFlag(
        supplier_id=supplier_id,
        code="false_evidence",
        source_kind="person",
        source="A visit",
        set_at=THEN,
    )


def _override(supplier_id: int) -> RatingOverride:
    return RatingOverride(
        supplier_id=supplier_id,
        score=80,
        computed=40,
        reason="A visit",
        set_at=THEN,
        set_by="anne@buyer.example",
    )


def _visit(supplier_id: int) -> Visit:
    return Visit(
        supplier_id=supplier_id,
        kind=VisitKind.VISIT,
        planned_from=date(2027, 1, 1),
        created_at=THEN,
        created_by="anne@buyer.example",
        updated_at=THEN,
    )


def _visit_file(visit_id: int) -> VisitFile:
    return VisitFile(
        visit_id=visit_id,
        name="report.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        storage_key=uuid4().hex,
        uploaded_at=THEN,
        uploaded_by="anne@buyer.example",
    )


def _message(invitation_id: int) -> Message:
    return Message(
        public_id=str(uuid4()),
        invitation_id=invitation_id,
        template="invitation",
        locale="en",
        recipient="office@supplier.example",
        created_at=THEN,
        due_at=THEN,
    )


def _own_questionnaire() -> PublishedQuestionnaire:
    name = f"own_{next(_numbers)}"
    return PublishedQuestionnaire(
        questionnaire_id=name,
        version="1.0.0",
        text=OWN_QUESTIONNAIRE.replace("own_visits", name),
        sha256="0" * 64,
        published_at=THEN,
        published_by="ada@fjordlab.example",
    )


def _code() -> CodeOfConduct:
    return CodeOfConduct(
        version="1",
        locale="en",
        applies_from=date(2026, 1, 1),
        filename="code.txt",
        media_type="text/plain",
        text="Be fair.",
        sha256="0" * 64,
        uploaded_at=THEN,
    )
