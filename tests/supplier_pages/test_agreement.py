"""The page and the server agree on what is asked, whatever was answered; the hidden is never declared."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.declarations import drafts, service
from portal.declarations.drafts import Change
from portal.declarations.models import SignatoryRole
from portal.declarations.signing import Signatory
from portal.questionnaires.schema import Question
from portal.state import state
from tests.answering import Supplier
from tests.declarations.surveys import LIBRARY, SHORT_FORM, complete, opened, value_for
from tests.supplier_pages.conftest import Invite, enter, section

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NAMES = tuple(LIBRARY.questionnaires)
QUESTIONS = [question for name in NAMES for question in LIBRARY[name].questions()]


def some_value(question: Question) -> st.SearchStrategy[Any]:
    """Return right answers to `question`, or none."""
    choices = question.choices()
    if question.type == "multi":
        right: st.SearchStrategy[Any] = st.lists(st.sampled_from(choices), min_size=1, unique=True)
    elif choices and question.type != "matrix":
        right = st.sampled_from(choices)
    else:
        right = st.just(value_for(question))
    return st.none() | right


answered = st.fixed_dictionaries({question.id: some_value(question) for question in QUESTIONS})


@pytest.fixture
def invitation(app: Flask, supplier: Supplier, invite: Invite, rows: Session) -> Invitation:
    """A survey that has been started."""
    invitation = invite(*NAMES)
    enter(supplier, app, invitation)
    return invitation


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=answered)
def test_every_page_shows_exactly_what_is_asked(
    app: Flask, supplier: Supplier, invitation: Invitation, values: dict[str, Any]
) -> None:
    with app.test_request_context(method="POST"):
        store.scope(db_session(), invitation.buyer_id)
        changes = {name: Change(value) for name, value in values.items()}
        drafts.save(db_session(), invitation, changes, "test", NOW)
        db_session().commit()
        survey = opened(db_session(), db_session().get_one(Invitation, invitation.id))
        expected = {place.section.id: survey.shown.of(place.section) for place in survey.places}
    for place in survey.places:
        supplier.open(section(invitation, f"{place.questionnaire.id}/{place.section.id}"))
        assert supplier.asked() == [question.id for question in expected[place.section.id]]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=answered)
def test_the_hidden_is_never_declared(
    app: Flask, invitation: Invitation, values: dict[str, Any]
) -> None:
    with app.test_request_context(method="POST"):
        session = db_session()
        store.scope(session, invitation.buyer_id)
        row = session.get_one(Invitation, invitation.id)
        changes = {name: Change(value, "Said.") for name, value in values.items()}
        drafts.save(session, row, changes, "test", NOW)
        complete(session, row)
        shown = opened(session, row).shown.ids
        signed = service.sign(
            session,
            row,
            Signatory("Ola", "Owner", SignatoryRole.OWNER, "I may."),
            key=state().seal_key,
            short_form=SHORT_FORM,
            locale="en",
            now=NOW,
        )
        document = json.loads(signed.declaration.document)
        session.rollback()
    assert document["answers"].keys() <= shown
    assert document["comments"].keys() <= shown
