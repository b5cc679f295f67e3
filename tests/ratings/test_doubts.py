"""What the portal knows beside the answers: each check of it, found and not found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.campaigns.models import Invitation
from portal.declarations.models import TextPrint
from portal.declarations.prints import print_of
from portal.questionnaires.consistency import (
    OTHER_COUNTRY,
    SIGNER_AT_BUYER,
    SIGNER_OUTSIDE,
    UNIONS_LIMITED,
)
from portal.ratings import reference_kept, service
from portal.ratings.doubts import known_before
from portal.ratings.finding_queries import marks_of
from portal.ratings.publication_figures import read_publication
from portal.ratings.publishers import Kind
from portal.suppliers.countries import countries_in
from tests.declarations.surveys import LIBRARY, make_survey
from tests.makers import make_contact, make_supplier
from tests.reports.declaring import declare

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ASKED = ("labour_rights", "environment_certificates")
QUESTIONNAIRES = [LIBRARY[name] for name in ASKED]
IN_CHINA = {"prf_sites": [{"id": "0", "country": "CN", "activity": "final_production"}]}
WORDS = "We pay at least the minimum wage that the law of our country sets for this work."


def survey(session: Session, email: str = "sales@maker.example", **values: Any) -> Invitation:
    contact = make_contact(session, make_supplier(session, country="CN"), email=email)
    return make_survey(session, ASKED, contact=contact, **values)


def known(session: Session, invitation: Invitation, answers: Mapping[str, Any]) -> dict[str, Any]:
    return dict(known_before(session, invitation, QUESTIONNAIRES, answers))


def marks(session: Session, invitation: Invitation, answers: dict[str, Any]) -> dict[str, str]:
    """Return the checks that a declaration of `answers` does not pass, with the question it stands at."""
    declaration = declare(session, invitation, answers, now=NOW)
    service.after_submission(session, declaration, NOW)
    return {mark.check_id: mark.question_id for mark in marks_of(session, declaration.id)}


@pytest.mark.parametrize(
    ("scope", "other"),
    [
        ("Our factory in Vietnam", True),
        ("Vietnam and China", False),
        ("All sites", None),
        ("The Vietnamese office", None),
    ],
)
def test_a_certificate_for_another_country_than_the_sites(
    session: Session, scope: str, other: bool | None
) -> None:
    answers = {"env_certificates": [{"id": "iso_14001", "held": "yes", "scope": scope}]}
    invitation = survey(session)
    assert known(session, invitation, {**answers, **IN_CHINA}).get(OTHER_COUNTRY) is other
    assert OTHER_COUNTRY not in known(session, invitation, answers)  # no site is named


@pytest.mark.parametrize(
    ("text", "locale", "codes"),
    [
        ("Papua New Guinea", "en", {"PG"}),
        ("Fabrikken i Tyskland", "nb", {"DE"}),
        ("越南工厂", "zh_Hans", {"VN"}),
        ("in Malindi", "en", set()),
    ],
)
def test_countries_are_found_by_their_whole_names(text: str, locale: str, codes: set[str]) -> None:
    assert countries_in(text, locale) == codes


def test_unions_are_asked_about_only_where_figures_tell(session: Session) -> None:
    invitation = survey(session)
    assert UNIONS_LIMITED not in known(session, invitation, {})
    content = b"Country,Rating\nChina,5\nNorway,1\n"
    loaded = read_publication(Kind.ITUC, content, edition="2026", year=2026)
    reference_kept.keep(session, loaded, content, "ituc.csv", NOW)
    assert known(session, invitation, {})[UNIONS_LIMITED] is True
    at_home = {"prf_sites": [{"id": "0", "country": "NO", "activity": "final_production"}]}
    assert known(session, invitation, at_home)[UNIONS_LIMITED] is False
    assert marks(session, invitation, {"lab_union": "free"})["law_and_union"] == "lab_union"


@pytest.mark.parametrize(
    ("contact", "signer", "outside"),
    [
        ("sales@maker.example", "boss@maker.example", False),
        ("sales@mail.maker.example", "boss@maker.example", False),
        ("sales@maker.example", "boss@consult.example", True),
        ("sales@maker.example", "boss@gmail.com", True),
        ("sales@gmail.com", "boss@maker.example", None),
        ("sales@maker.example", "", None),
    ],
)
def test_a_signer_at_another_company(
    session: Session, contact: str, signer: str, outside: bool | None
) -> None:
    asked = {"signer_email": signer, "signature_requested_at": NOW if signer else None}
    invitation = survey(session, contact, **asked)
    assert known(session, invitation, {}).get(SIGNER_OUTSIDE) is outside


def test_a_signer_at_the_buyer_is_marked_with_no_question(session: Session) -> None:
    invitation = survey(session, "fill@buyer.example")
    assert known(session, invitation, {})[SIGNER_AT_BUYER] is False
    row = {"email": "rita@buyer.example", "fs_uniquifier": "r", "create_datetime": NOW}
    session.add(User(buyer_id=invitation.buyer_id, **row))
    session.flush()
    assert marks(session, invitation, {})["signer_at_buyer"] == ""


@pytest.mark.parametrize(("minutes", "found"), [(1, True), (30, False)])
def test_answers_faster_than_they_can_be_read(session: Session, minutes: int, found: bool) -> None:
    asked = (q for one in QUESTIONNAIRES for q in one.questions() if q.choices())
    answers = {q.id: [q.choices()[0]] if q.type == "multi" else q.choices()[0] for q in asked}
    invitation = survey(session, started_at=NOW - timedelta(minutes=minutes))
    assert ("too_fast" in marks(session, invitation, answers)) is found
    again = survey(session, started_at=NOW)
    again.supplier, again.supplier_id = invitation.supplier, invitation.supplier_id
    assert "too_fast" not in marks(session, again, answers)  # all of them may have been proposed


def test_a_text_that_another_supplier_has_signed(session: Session) -> None:
    first, second = survey(session), survey(session, "sales@other.example")
    for invitation, text in ((first, WORDS), (second, WORDS.upper() + "  ")):
        declaration = declare(session, invitation, {"lab_union": "free"}, now=NOW)
        row = {"supplier_id": declaration.supplier_id, "question_id": "lab_union"}
        session.add(TextPrint(declaration_id=declaration.id, sha256=print_of(text), **row))
        session.flush()
        service.after_submission(session, declaration, NOW)
        found = {mark.check_id: mark.question_id for mark in marks_of(session, declaration.id)}
        assert found == ({"identical_text": "lab_union"} if invitation is second else {})


def test_short_texts_are_the_same_by_chance() -> None:
    assert print_of("We follow the law.") == ""


def test_answers_that_became_better_without_a_document(session: Session) -> None:
    bad = {
        question.id: worst
        for one in QUESTIONNAIRES
        for question in one.questions()
        if question.type == "single"
        if question.visible_if is None
        if (worst := max(question.choices(), key=lambda c: _points(question, c)))
        if _points(question, worst) > 0
    }
    good = {
        name: min(question.choices(), key=lambda c: _points(question, c))
        for one in QUESTIONNAIRES
        for question in one.questions()
        if (name := question.id) in bad
    }
    assert len(bad) > 3
    last, this = survey(session), survey(session, "sales@other.example")
    this.supplier, this.supplier_id = last.supplier, last.supplier_id
    assert "better_answers" not in marks(session, last, bad)
    assert marks(session, this, good)["better_answers"] in good


def _points(question: Any, choice: str) -> float:
    return max(
        (r.points for r in question.risk if getattr(r.when, "eq", None) == choice), default=0
    )
