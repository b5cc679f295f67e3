"""A declaration as the buyer reads it."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from portal.declarations.attachments import accept, add
from portal.declarations.models import Attachment
from portal.files import FileStore
from portal.state import state
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare
from tests.samples import PDF
from tests.signing_in import sign_in

HOSTILE = "</dd><script>alert(1)</script>{{ 7*7 }}"


@pytest.fixture
def files(app) -> FileStore:
    with app.app_context():
        return state().files


@pytest.fixture
def declaration(rows, files):
    supplier = make_supplier(rows, name=HOSTILE)
    contact = make_contact(rows, supplier, locale="nb")
    invitation = make_survey(rows, contact=contact)
    attachment = add(
        rows, files, invitation, "coc_policy", file=accept("policy.pdf", PDF), now=THEN
    )
    answers = {"coc_acceptance": "accept", "coc_acceptance.comment": HOSTILE, "coc_policy": "yes"}
    found = declare(rows, invitation, answers, files=(attachment,))
    rows.commit()
    return found


def test_the_answers_are_told_in_words(rows, client, get_page, declaration):
    url = f"/declarations/{declaration.public_id}"
    sign_in(client, rows)
    page = get_page(url)
    assert "Yes, we accept it" in page.text
    assert f"Comment: {HOSTILE}" in page.text
    assert f"{url}?words=seen" in page.links()


def test_the_words_can_be_those_that_the_supplier_saw(rows, client, get_page, declaration):
    url = f"/declarations/{declaration.public_id}?words=seen"
    sign_in(client, rows)
    page = get_page(url)
    assert {heading.get("lang") for heading in page.all("h3")} == {"nb"}


def test_each_answer_can_be_read_in_the_other_language(rows, client, get_page, declaration):
    sign_in(client, rows)
    for query, language in (("", "In Norwegian Bokmål"), ("?words=seen", "In English")):
        page = get_page(f"/declarations/{declaration.public_id}{query}")
        boxes = [box for box in page.all("details") if language in box.text]
        assert len(boxes) == len(page.all("dt", lang="nb" if query else "en"))
        assert any("accept" in box.text for box in boxes)


def test_what_was_written_stays_in_the_language_it_was_written_in(
    rows, client, get_page, declaration
):
    sign_in(client, rows)
    page = get_page(f"/declarations/{declaration.public_id}")
    texts: dict[str, str] = {}
    for each in page.all("bdi"):
        if each.get("lang"):
            texts.setdefault(each.text.strip(), each.get("lang"))
    assert texts[HOSTILE] == "nb"
    assert texts["Yes, we accept it"] == "en"
    assert "Language answered" in page.text
    assert "Norwegian Bokmål" in page.text


def test_a_declared_file_is_a_download(rows, client, get_page, declaration):
    url = f"/declarations/{declaration.public_id}"
    sign_in(client, rows)
    (link,) = [link for link in get_page(url).links() if "/files/" in link]
    answer = client.get(link)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=policy.pdf"


def test_a_file_of_another_declaration_is_not_found(rows, client, declaration):
    other = declare(rows, make_survey(rows), {"coc_acceptance": "accept"})
    number = rows.scalars(sa.select(Attachment.id)).one()
    url = f"/declarations/{other.public_id}/files/{number}"
    sign_in(client, rows)
    assert client.get(url).status_code == 404


def test_a_corrected_declaration_leads_to_the_one_that_counts(rows, client, get_page, declaration):
    later = declare(rows, declaration.invitation, {"coc_acceptance": "accept"},
                    supersedes=declaration)  # fmt: skip
    old, new = declaration.public_id, later.public_id
    sign_in(client, rows)
    assert f"/declarations/{new}" in get_page(f"/declarations/{old}").links()
    assert f"/declarations/{old}" in get_page(f"/declarations/{new}").links()


def test_the_receipt_is_downloaded_as_json(rows, app, client, declaration):
    with app.app_context():
        key = state().seal_key
    url = f"/declarations/{declaration.public_id}/receipt.json"
    rows.execute(
        declaration.__table__.update().values(
            seal=key.seal(json.loads(declaration.document)).signature, key_id=key.public.id
        )
    )
    sign_in(client, rows)
    answer = client.get(url)
    assert answer.json["document"]["id"] in url
    assert answer.headers["Content-Disposition"].startswith("attachment")
