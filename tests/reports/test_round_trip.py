"""What is exported is what the database holds, on both databases."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.campaigns.models import Invitation, InvitationState
from portal.declarations.models import Declaration
from portal.events.models import Actor, Event
from portal.events.service import record
from portal.outbox.models import Message, MessageState
from portal.ratings.models import Finding, RatingRecord
from portal.ratings.service import after_launch
from portal.reports.csv_writer import Preset, safe
from portal.suppliers.models import Criticality, Supplier
from tests.conftest import NOW
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_invitation, make_supplier, other_buyer
from tests.reports.declaring import believed, declare, make_finding
from tests.reports.reading import content, read

ALL = ("company_profile", "supplier_code_of_conduct", "labour_rights", "conflict_minerals_3tg")


@pytest.fixture
def invitation(session) -> Invitation:
    supplier = make_supplier(session, name="=HYPERLINK(0)", country="CN", criticality=Criticality.A)
    contact = make_contact(session, supplier, locale="nb")
    return make_survey(session, ALL, contact=contact, sent_at=THEN)


@pytest.fixture
def answers(session, invitation) -> dict:
    return believed(session, invitation) | {"coc_acceptance.comment": 'Yes; "all" of it\nindeed'}


@pytest.fixture
def declaration(session, invitation, answers) -> Declaration:
    return declare(session, invitation, answers)


def cells_declared(declaration: Declaration) -> dict[str, str]:
    """Return every answer as the long layout names it."""
    found = {}
    for name, value in json.loads(declaration.document)["answers"].items():
        if isinstance(value, list) and isinstance(value[0], dict):
            for row in value:
                found |= {f"{name}.{row['id']}.{c}": str(v) for c, v in row.items() if c != "id"}
        else:
            found[name] = " | ".join(value) if isinstance(value, list) else str(value)
    return {name: safe(value) for name, value in found.items()}


def test_every_answer_of_a_declaration_is_in_the_long_layout(session, declaration):
    rows = read(session, "answers", personal_data=True)
    exported = {row["question_id"]: row["answer_value"] for row in rows}
    assert exported == cells_declared(declaration)
    assert {row["declaration_id"] for row in rows} == {declaration.public_id}
    assert {row["supplier_name"] for row in rows} == {"'=HYPERLINK(0)"}


def test_every_answer_of_a_declaration_is_in_the_wide_layout(session, declaration):
    (row,) = read(session, "answers", layout="wide", personal_data=True)
    for name, value in cells_declared(declaration).items():
        question, _, rest = name.partition(".")
        if rest and question in row:  # rows the supplier added stand in one cell
            assert f"{rest.rpartition('.')[2]}={value.removeprefix(chr(39))}" in row[question]
        else:
            assert row[name] == value


def test_wide_columns_come_from_the_questionnaires_and_not_from_the_answers(session, invitation):
    header = content(session, "answers", layout="wide").decode().splitlines()[0]
    assert "coc_reservations.comment" in header
    assert "lab_workforce.office.total" in header or "lab_workforce." in header


def test_answers_are_told_in_the_language_shown_and_in_english_words(session, declaration):
    by_id = {row["question_id"]: row for row in read(session, "answers")}
    acceptance = by_id["coc_acceptance"]
    assert acceptance["answer_label_en"] == "Yes, we accept it"
    assert acceptance["comment_original"] == 'Yes; "all" of it\nindeed'
    assert acceptance["language"] == "nb"
    assert acceptance["visible"] == "true"


def test_what_names_a_person_is_left_out_unless_wanted(session, declaration):
    assert "prf_contact_role" not in {row["question_id"] for row in read(session, "answers")}
    assert "prf_contact_role" not in read(session, "answers", layout="wide")[0]
    assert "signer_name" not in read(session, "declarations")[0]
    (row, *_) = read(session, "declarations", personal_data=True)
    assert row["signer_name"] == "Ola Hansen"


def test_a_declaration_is_a_row_per_questionnaire(session, declaration):
    make_finding(session, declaration, questionnaire_id="labour_rights")
    rows = read(session, "declarations")
    assert [row["questionnaire_id"] for row in rows] == list(ALL)
    assert [row["open_findings"] for row in rows] == ["0", "0", "1", "0"]
    first = rows[0]
    assert first["declaration_id"] == declaration.public_id
    assert first["status"] == "submitted"
    assert first["signed_at"] == "2026-11-01T08:00:00Z"
    assert first["valid_until"] == "2027-11-01"
    assert first["due_on"] == "2026-12-15"
    assert first["superseded"] == "false"
    assert first["assurance_level"] == "1"


@pytest.mark.parametrize(
    ("state", "status"),
    [("queued", "invited"), ("sent", "invited"), ("started", "opened"), ("declined", "declined"),
     ("cancelled", "withdrawn"), ("bounced", "invited")],
)  # fmt: skip
def test_who_has_not_answered_is_a_row_with_its_status(session, invitation, state, status):
    invitation.state = InvitationState(state)
    session.flush()
    rows = read(session, "declarations")
    assert {row["status"] for row in rows} == {status}
    assert {row["declaration_id"] for row in rows} == {""}


def test_a_corrected_declaration_is_marked(session, invitation, answers, declaration):
    declare(session, invitation, answers, now=NOW, supersedes=declaration)
    marked = {row["declaration_id"]: row["superseded"] for row in read(session, "answers")}
    assert sorted(marked.values()) == ["false", "true"]
    assert marked[declaration.public_id] == "true"


def test_invitations_are_as_stored(session, invitation):
    invitation.extended_to = date(2026, 11, 10)
    for number, state in enumerate((MessageState.SENT, MessageState.SENT, MessageState.DROPPED)):
        session.add(
            Message(public_id=f"m{number}", invitation_id=invitation.id,
                    template="reminder_not_started", locale="nb", recipient="x@y.example",
                    state=state, created_at=THEN, due_at=THEN,
                    sent_at=THEN + timedelta(days=number))
        )  # fmt: skip
    session.flush()
    (row,) = read(session, "invitations", personal_data=True)
    assert row["invitation_id"] == invitation.public_id
    assert row["contact_email"] == invitation.contact.email
    assert row["supplier_id"] == str(invitation.supplier_id)
    assert (row["due_on"], row["extended"], row["overdue"]) == ("2026-11-10", "true", "true")
    assert (row["reminders_sent"], row["last_reminder_at"]) == ("2", "2026-11-02T08:00:00Z")


def test_findings_are_as_stored(session, declaration):
    finding = make_finding(session, declaration, text="+47 looks like a formula")
    (row,) = read(session, "findings")
    stored = session.get_one(Finding, finding.id)
    assert row["text"] == "'" + stored.text
    assert row["area"] == "forced_labour | wages"
    assert row["points"] == "6.5"
    assert (row["finding_id"], row["red_flag"], row["status"]) == (stored.public_id, "true", "open")


def test_ratings_are_as_stored(session, invitation):
    after_launch(session, [invitation], NOW)
    (row,) = read(session, "ratings")
    stored = session.scalars(sa.select(RatingRecord)).one()
    assert row["residual"] == f"{stored.residual:.10g}"
    assert row["residual_risk"] == stored.band
    assert row["explanation"].count(" | ") == len(stored.explanation) - 1


def test_events_are_as_stored_and_narrowed_to_a_campaign(session, invitation):
    for kind, subject in (("invitation", invitation.public_id), ("supplier", "1")):
        record(session, at=NOW, actor_kind=Actor.SUPPLIER, actor="Ola", action="survey.started",
               subject_kind=kind, subject_id=subject)  # fmt: skip
    stored = session.scalars(sa.select(Event).order_by(Event.seq)).all()
    rows = read(session, "events", personal_data=True)
    assert [row["row_hash"] for row in rows] == [event.row_hash for event in stored]
    assert rows[0]["actor_type"] == "supplier_token"
    (row,) = read(session, "events", campaign_id=invitation.campaign_id)
    assert row["object_id"] == invitation.public_id


def test_one_campaign_or_everything(session, invitation):
    make_invitation(session)
    assert len(read(session, "invitations")) == 2
    (row,) = read(session, "invitations", campaign_id=invitation.campaign_id)
    assert row["campaign_id"] == str(invitation.campaign_id)


def test_another_buyers_rows_are_never_exported(session, declaration):
    make_finding(session, declaration)
    other_buyer(session)
    for subject in ("declarations", "answers", "findings", "invitations", "ratings", "events"):
        assert read(session, subject) == []


def test_a_norwegian_spreadsheet_gets_its_mark_its_separator_and_its_decimals(session, declaration):
    make_finding(session, declaration, points=-2.5)
    file = content(session, "findings", Preset.EXCEL_NO)
    assert file.startswith(b"\xef\xbb\xbffinding_id;")
    (row,) = read(session, "findings", Preset.EXCEL_NO)
    assert row["points"] == "-2,5"


def test_names_of_suppliers_cannot_break_a_row(session):
    hostile = ['a;b,"c"', "line\nbreak", "@SUM(1)", "\tcmd", "-2+3", "<script>"]
    for name in hostile:
        make_supplier(session, name=name)
    for supplier in session.scalars(sa.select(Supplier)).all():
        make_invitation(session, contact=make_contact(session, supplier))
    exported = [row["supplier_name"] for row in read(session, "invitations")]
    assert exported == ['a;b,"c"', "line\nbreak", "'@SUM(1)", "'\tcmd", "'-2+3", "<script>"]
