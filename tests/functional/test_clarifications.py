"""A question about an answer, from both sides: asked on the declaration, answered behind its own link."""

from __future__ import annotations

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.links import Purpose
from portal.database import db_session
from portal.followup.clarification_models import Clarification
from portal.followup.models import Correspondence
from portal.mail.delivery import write
from portal.outbox.models import Message
from portal.outbox.service import queue
from portal.state import state
from tests.answering import Supplier
from tests.followup.asking import QUESTION, WORDS, asked, declared
from tests.html import Page
from tests.makers import THEN
from tests.samples import PDF
from tests.signing_in import sign_in


@pytest.fixture
def supplier(app: Flask) -> Supplier:
    """The supplier's own browser."""
    return Supplier(app.test_client())


@pytest.fixture
def question(rows: Session, now) -> Clarification:
    """A question that was just asked."""
    row = asked(rows, now)
    rows.expire_on_commit = False
    rows.commit()
    assert row.declaration.public_id  # loaded before it is let go
    rows.expunge_all()
    rows.rollback()
    return row


def link(app: Flask, thread: Correspondence) -> str:
    """Return the path of the thread's link."""
    with app.app_context():
        return f"/f/{state().links.token(thread, Purpose.FOLLOW_UP)}"


def enter(supplier: Supplier, app: Flask, row: Clarification) -> None:
    """Open the link and press Start."""
    supplier.open(link(app, row.correspondence))
    supplier.press("Start")


def test_a_reviewer_asks_and_the_mail_brings_the_link(rows, client, get_page, app):
    declaration = declared(rows)
    sign_in(client, rows, "reviewer")
    address = f"/declarations/{declaration.public_id}"
    form = {"question": QUESTION, "text": WORDS, "due_on": "2099-12-04"}
    client.post(f"{address}/clarifications", data=form | {"text": ""})
    assert "Write what you want to know." in get_page(address).text
    client.post(f"{address}/clarifications", data=form)
    page = get_page(address)
    assert WORDS in page.text
    assert "Waiting for a reply" in page.text
    assert "Bolt Works" in get_page("/clarifications?state=open").text
    assert "No clarification has this status." in get_page("/clarifications?state=answered").text
    message = rows.scalars(sa.select(Message)).one()
    rows.expunge(message)
    rows.rollback()
    with app.app_context():
        store.scope(db_session(), message.buyer_id)
        letter = write(db_session(), message, None, message.created_at)
    assert WORDS in letter.text
    path = re.search(r"/f/\S+", letter.text)
    assert path
    assert path[0] not in letter.kept


def test_an_auditor_may_read_and_not_ask(rows, client, get_page, question):
    public_id = question.correspondence.public_id
    sign_in(client, rows, "auditor")
    page = get_page(f"/clarifications/{public_id}")
    assert WORDS in page.text
    assert "Close the clarification" not in page.text
    assert client.post(f"/clarifications/{public_id}/close").status_code == 403


def test_looking_at_the_link_changes_nothing(app, supplier, question):
    page = supplier.open(link(app, question.correspondence))
    assert "has a question about one of your answers" in supplier.heading
    assert WORDS not in page.text
    public_id = question.correspondence.public_id
    assert "open the link in the mail again" in supplier.open(f"/follow-up/{public_id}/", 403).text


def test_the_page_shows_just_the_question_and_takes_text_and_files(app, rows, supplier, question):
    enter(supplier, app, question)
    assert WORDS in supplier.page.text
    assert len(supplier.page.all("dt")) == 1
    assert "/survey/" not in " ".join(supplier.page.links())
    supplier.press("Send the reply", 422)
    assert "Please write a reply or add a document." in supplier.page.text
    files = {"files": (io.BytesIO(b"#!/bin/sh"), "rotas.pdf")}
    supplier.press("Send the reply", 422, values={"text": "Yes.", **files})
    assert "of a kind we cannot take" in supplier.page.text
    assert "Yes." in supplier.page.text
    supplier.press(
        "Send the reply", values={"text": "Yes.", "files": (io.BytesIO(PDF), "rotas.pdf")}
    )
    assert supplier.heading == "Your reply has been received"
    supplier.press("Send the reply", values={"text": "And on Sundays."})
    assert "And on Sundays." in supplier.page.text
    file = next(each for each in supplier.page.links() if "/files/" in each)
    assert supplier.client.get(file).data == PDF


def test_the_reviewer_reads_the_reply_and_closes(rows, client, get_page, supplier, question):
    app = client.application
    enter(supplier, app, question)
    supplier.press(
        "Send the reply", values={"text": "Yes.", "files": (io.BytesIO(PDF), "rotas.pdf")}
    )
    sign_in(client, rows, "reviewer")
    address = f"/clarifications/{question.correspondence.public_id}"
    page = get_page(address)
    assert "Answered: read it" in page.text
    file = next(each for each in page.links() if "/files/" in each)
    assert client.get(file).data == PDF
    client.post(f"{address}/close", data={"conclusion": "accepted", "reason": ""})
    assert "Say what you made of it." in get_page(address).text
    client.post(f"{address}/close", data={"conclusion": "accepted", "reason": "Rotas seen"})
    assert "The answer is accepted: Rotas seen" in " ".join(get_page(address).text.split())
    story = get_page(f"/suppliers/{question.declaration.supplier_id}").text
    assert "Replied to a question about an answer" in story
    assert "Question about an answer" in story
    declaration = get_page(f"/declarations/{question.declaration.public_id}").text
    assert "Accepted" in declaration
    closed = supplier.open(link(app, question.correspondence), 410)
    assert "Nothing more is needed" in closed.text
    assert (
        supplier.client.post(f"/follow-up/{question.correspondence.public_id}/reply").status_code
        == 410
    )


def test_a_replaced_or_foreign_link_opens_nothing(app, rows, supplier, question):
    old = link(app, question.correspondence)
    rows.get_one(Correspondence, question.correspondence_id).link_version += 1
    rows.commit()
    assert "There is a newer link" in supplier.open(old, 410).text
    assert "We do not know this link" in supplier.open("/f/something", 404).text
    token = link(app, question.correspondence).removeprefix("/f/")
    assert "We do not know this link" in supplier.open(f"/i/{token}", 404).text


def test_the_reader_chooses_the_language(app, rows, supplier, question):
    enter(supplier, app, question)
    supplier.press("Change", values={"locale": "nb"})
    assert supplier.page.one("html").get("lang") == "nb"
    assert WORDS in supplier.page.text


def test_the_cover_speaks_the_readers_language_and_keeps_out_of_histories(
    app, client: FlaskClient, question
):
    answer = client.get(link(app, question.correspondence))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    Page(answer.text).check()


@pytest.mark.parametrize(
    ("overdue", "sentence"), [(False, "Please reply by"), (True, "You can still reply.")]
)
def test_a_reminder_repeats_the_question(app, rows, question, overdue, sentence):
    thread = question.correspondence
    message = queue(
        rows,
        template="clarification_reminder",
        locale="en",
        recipient=thread.contact.email,
        context={"question": "Rest?", "words": WORDS, "due_on": "2026-12-04", "overdue": overdue},
        correspondence_id=thread.id,
        now=THEN,
    )
    rows.commit()
    rows.refresh(message)
    rows.expunge(message)
    rows.rollback()
    with app.app_context():
        store.scope(db_session(), message.buyer_id)
        letter = write(db_session(), message, None, THEN)
    assert letter.subject.startswith("Reminder:")
    assert sentence in letter.text
    assert WORDS in letter.text
    assert link(app, thread) in letter.text
