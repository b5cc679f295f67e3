"""Ratings and findings in the browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import User
from portal.i18n import use_locale
from portal.ratings import service
from portal.ratings.explanation import TEMPLATES
from portal.ratings.models import Finding
from portal.ratings.settings import ModelSettings
from portal.ratings.topics import TOPIC_NAMES
from portal.suppliers.models import Supplier, SupplierKind
from portal.web.buyer import rating_words
from tests.declarations.surveys import make_survey
from tests.makers import make_contact, make_supplier, other_buyer
from tests.ratings.declaring import declare
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def answered(rows: Session) -> Supplier:
    """A supplier whose answers reveal something grave and something small."""
    supplier = make_supplier(rows, name="Bo Plast", country="CN", category="ict_equipment")
    invitation = make_survey(
        rows, ("labour_rights",), contact=make_contact(rows, supplier), created_at=NOW
    )
    service.after_launch(rows, [invitation], NOW)
    answers = {"lab_child_found": "yes", "lab_age_check": ["agency_checks"]}
    service.after_submission(rows, declare(rows, invitation, answers, NOW), NOW)
    rows.commit()
    return supplier


@pytest.fixture
def signed_in(answered: Supplier, rows: Session, client: FlaskClient) -> User:
    """A person of the buyer that asked."""
    return sign_in(client, rows)


def test_the_supplier_page_shows_three_figures_and_every_line(answered, rows, client, get_page):
    sign_in(client, rows)
    page = get_page(f"/suppliers/{answered.id}")
    for words in (
        "Inherent risk: country and category",
        "Residual risk: after what was shown",
        "The supplier's own answers",
        "China has country index",
        "The category “",
        "Severe abuse that is being remedied",
        "World Bank Worldwide Governance Indicators",
        "Country and category alone",
    ):
        assert words in page.text


def test_a_supplier_never_asked_has_no_rating_yet(rows, client, get_page):
    supplier = make_supplier(rows)
    rows.commit()
    sign_in(client, rows)
    page = get_page(f"/suppliers/{supplier.id}")
    assert "Not rated yet." in page.text
    assert "No answer has given reason for a finding." in page.text


def test_findings_are_listed_gravest_first_and_lead_to_the_answer(answered, rows, client, get_page):
    sign_in(client, rows)
    page = get_page("/findings")
    first, second = (" ".join(e.text.split()) for e in page.all("th", scope="row"))
    assert second == "Age is checked only by the agency."
    assert f"/suppliers/{answered.id}" in page.links()
    [address] = [link for link in page.links() if re.fullmatch(r"/findings/[0-9a-f-]+", link)][:1]
    finding = get_page(address)
    assert first in finding.text
    assert "The managing director" in finding.text
    assert "has anyone under the legal minimum age been found" in finding.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("severity=low", 1),
        ("red_flag=yes", 1),
        ("red_flag=no", 1),
        ("area=child_labour", 2),
        ("area=wages", 0),
        ("status=closed", 0),
        ("page=2", 0),
    ],
)
def test_findings_can_be_narrowed(signed_in, get_page, query, count):
    page = get_page(f"/findings?{query}")
    assert len(page.all("th", scope="row")) == count


@pytest.mark.parametrize("query", ["severity=x", "area='", "red_flag=1", "status=x", "page=0"])
def test_a_code_there_is_not_is_refused(rows, client, query):
    sign_in(client, rows)
    assert client.get(f"/findings?{query}").status_code == 400


def test_findings_are_read_in_the_readers_language(answered, rows, client, get_page):
    sign_in(client, rows, locale="nb")
    page = get_page("/findings")
    assert "Barnearbeid" in page.text


def test_another_buyers_finding_is_not_found(rows, client):
    own = store.scoped_buyer_id(rows)
    other_buyer(rows)
    supplier = make_supplier(rows)
    invitation = make_survey(rows, ("labour_rights",), contact=make_contact(rows, supplier))
    declaration = declare(rows, invitation, {"lab_child_found": "yes"}, NOW)
    service.after_submission(rows, declaration, NOW)
    public_id = rows.scalars(sa.select(Finding.public_id)).first()
    rows.commit()
    store.scope(rows, own)
    sign_in(client, rows)
    assert client.get(f"/findings/{public_id}").status_code == 404


def test_every_line_of_the_model_has_its_sentence(app):
    placeholders = {code: set(re.findall(r"{(\w+)", text)) for code, text in TEMPLATES.items()}
    with app.test_request_context():
        use_locale("en")
        own = {
            code: set(re.findall(r"%\((\w+)\)", str(text)))
            for code, text in rating_words.LINES.items()
        }
    assert own == placeholders


def test_every_topic_and_flag_has_its_name():
    assert rating_words.TOPICS.keys() == TOPIC_NAMES.keys()
    assert rating_words.FLAGS.keys() == ModelSettings().red_flag_floors.keys()


def test_an_owner_s_findings_are_told_apart(answered, signed_in, rows, get_page):
    answered.kind = SupplierKind.AGREEMENT_OWNER
    rows.commit()
    page = get_page("/findings?kind=agreement_owner")
    assert "Bo Plast" in page.text
    assert "No finding fits." in get_page("/findings?kind=supplier").text
    assert [row for row in page.all("td") if "Owner of an agreement" in row.text]
